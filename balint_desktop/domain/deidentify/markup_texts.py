"""The texts of XML and HTML: a paragraph or a cell is one, however many runs it is cut into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.parsers import expat

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.untrusted_xml import DEEPEST, parse_xml, xml_parser

PARAGRAPHS = frozenset({"p", "h"})
"""What a text document's paragraphs and headings are called, in Word and in OpenDocument."""

# What only cuts a paragraph into stretches, by its local name, in Word, spreadsheets, drawings, OpenDocument and HTML.
# Any other element is a text of its own, so that what stands in it is never joined to what is around it.
_INLINE = frozenset(
    "r t span a hyperlink ins del moveTo moveFrom smartTag sdt sdtContent fldSimple bdo dir customXml delText"
    " instrText ruby rt rb ruby-base rPh b i u s em strong sub sup small big mark code font q abbr cite tt kbd"
    " samp v c.v bookmark-ref reference-ref text-input meta".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-", "wbr": ""}
# A space in OpenDocument, and what is struck through in HTML.
_SIGNS_OF_XML = {**_SIGNS, "s": " ", "softHyphen": "", "soft-page-break": ""}
# Addresses of formats, which every document of a kind has.
_KNOWN_ADDRESSES = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/",
    "http://purl.o",
    "http://www.w3.org/",
    "http://openoffice.org/",
    "urn:oasis:",
    "urn:schemas-",
    "application/vnd.",
)


# Figures, cells of a spreadsheet, colours, and a picture within a page: letters that say nothing.
_NO_TEXT = re.compile(
    r"[\d.%-]+|[a-z]|[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?|[0-9A-F]{6,8}|data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s]*"
)


class NotMarkupError(ValueError):
    """It is no XML that may be read: damaged, too deep, or with a document type."""


@dataclass(frozen=True, slots=True)
class MarkupText:
    """A text in markup. `is_value` is whether it is an attribute's; `path` the local names of what it stands in."""

    text: str
    path: tuple[str, ...] = ()
    is_value: bool = False


def xml_texts(data: bytes) -> tuple[MarkupText, ...]:
    """Return the texts, attributes, comments and processing instructions of XML. Raise NotMarkupError."""
    gatherer = _Gatherer(_SIGNS_OF_XML)
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: gatherer.begin(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda _name: gatherer.end()
    parser.CharacterDataHandler = gatherer.add
    parser.CommentHandler = gatherer.aside
    parser.ProcessingInstructionHandler = lambda target, text: gatherer.aside(f"{target} {text}")
    try:
        parse_xml(parser, data)
    except (expat.ExpatError, *FOREIGN_ERRORS) as error:
        raise NotMarkupError("not XML that may be read") from error
    gatherer.end_all()
    return tuple(gatherer.found)


def html_texts(text: str) -> tuple[MarkupText, ...]:
    """Return the texts, attributes and comments of HTML, or of a text that may hold some of its signs."""
    reader = _Html()
    reader.feed(text)
    reader.close()
    reader.gatherer.end_all()
    return tuple(reader.gatherer.found)


class _Gatherer:
    """Joins what is in one paragraph, and gives out each text when its element ends."""

    def __init__(self, signs: Mapping[str, str]) -> None:
        self._signs = signs
        self.found: list[MarkupText] = []
        self._path: list[str] = []
        self._texts: list[list[str]] = [[]]
        self._owns: list[bool] = []

    def begin(self, name: str, attributes: Mapping[str, str | None]) -> None:
        if len(self._path) >= DEEPEST:
            raise ValueError("too deep")
        self._texts[-1].append(self._signs.get(name, ""))
        owns = name not in _INLINE and name not in self._signs
        self._path.append(name)
        self._owns.append(owns)
        if owns:
            self._texts.append([])
        for value in attributes.values():
            if value and not value.startswith(_KNOWN_ADDRESSES) and not _NO_TEXT.fullmatch(value):
                self.found.append(MarkupText(value, tuple(self._path), is_value=True))

    def add(self, text: str) -> None:
        self._texts[-1].append(text)

    def aside(self, text: str) -> None:
        self.found.append(MarkupText(text, tuple(self._path)))

    def end(self) -> None:
        path = tuple(self._path)
        self._path.pop()
        if self._owns.pop():
            self._give(self._texts.pop(), path)

    def end_all(self) -> None:
        while self._path:
            self.end()
        self._give(self._texts.pop(), ())
        self._texts.append([])

    def _give(self, pieces: list[str], path: tuple[str, ...]) -> None:
        text = "".join(pieces)
        if text.strip() or (path[-1:] and path[-1] in PARAGRAPHS):
            self.found.append(MarkupText(text, path))


# Elements of HTML that have no end.
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())


class _Html(HTMLParser):
    """Reads HTML, with its entities resolved, however badly it is nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.gatherer = _Gatherer(_SIGNS)
        self._open: list[str] = []

    def handle_data(self, data: str) -> None:
        self.gatherer.add(data)

    def handle_comment(self, data: str) -> None:
        self.gatherer.aside(data)

    def handle_decl(self, decl: str) -> None:
        self.gatherer.aside(decl)

    def handle_pi(self, data: str) -> None:
        self.gatherer.aside(data)

    def unknown_decl(self, data: str) -> None:
        self.gatherer.aside(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._open) >= DEEPEST - 1:
            # Deeper than any document of ours: what follows is read as one text.
            return
        self.gatherer.begin(tag, {f"{number}": value for number, (_name, value) in enumerate(attrs)})
        if tag in _EMPTY:
            self.gatherer.end()
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self.gatherer.end()
            if closed == tag:
                return


def paragraphs(texts: tuple[MarkupText, ...], inside: str) -> Iterator[str]:
    """Yield the paragraphs and headings that stand in an element, in their order, empty ones too."""
    for one in texts:
        if not one.is_value and one.path[-1:] and one.path[-1] in PARAGRAPHS and inside in one.path:
            yield one.text
