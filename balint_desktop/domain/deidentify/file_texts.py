r"""The texts in the finished bytes of a file: what anybody who has it could read in it, properties and comments too.

Each with where it is in the file, in words that hold nothing of the file's own. A kind of file that is not known here
is unreadable, and so is a PDF, whose letters are numbers of its fonts: it is what it was made of that is read.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.deidentify.markup_texts import MarkupText, NotMarkupError, html_texts, xml_texts
from balint_desktop.domain.encodings import NotTextError, decode
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.untrusted_zip import MOST_UNPACKED, limit_of, opened_zip

FILE_NAME = "file name"
# An archive, and an empty one.
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF = b"%PDF"
_OGG, _RIFF = b"OggS", b"RIFF"
_MOST_IN_ALL = 4 * MOST_UNPACKED
_NESTED = 1
# The header of an Ogg Opus file with its comments lies in its first pages (RFC 7845, 3).
_OPUS_HEADERS = 256 * 1024
_SHOWN_AS_CELLS = (".csv", ".tsv")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


class TextKind(StrEnum):
    """How a text is to be read."""

    PROSE = "prose"
    """As somebody wrote it: a name that is also a word is looked for where it stands as a name."""
    LABEL = "label"
    """A name of a file, an attribute, or the raw text of what is read in its parts: only names that are no words."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FileText:
    """A text in a file, and where."""

    part: str
    text: str
    kind: TextKind = TextKind.PROSE


def file_texts(name: str, data: bytes) -> Iterator[FileText]:
    """Yield every text in a file, its name among them."""
    yield from _name_texts(FILE_NAME, name)
    yield from _contents(name, data, "", _NESTED)


def _name_texts(part: str, name: str) -> Iterator[FileText]:
    """Yield a file's name as it is, and with its words apart."""
    stem = _without_percents(name)
    apart = _CAMEL.sub(" ", re.sub(r"[-_./\\()\[\]+~0-9]+", " ", stem))
    yield FileText(part, stem, TextKind.LABEL)
    # A group called after its leader stands in the name with its capital, as typed by whoever saves it.
    yield FileText(part, apart, TextKind.PROSE)


def _without_percents(text: str) -> str:
    """Return a name as it reads where an address has written its letters as percents."""
    if "%" not in text:
        return text
    data = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "replace"))
    return data.decode("utf-8", "replace")


def _contents(name: str, data: bytes, where: str, nested: int) -> Iterator[FileText]:
    if data.startswith(_ZIP):
        yield from _zip_texts(data, where, nested) if nested >= 0 else (_unreadable(where),)
    elif data.startswith(_PDF):
        yield _unreadable(where)
    elif data.startswith((_OGG, _RIFF)):
        yield from _sound_texts(data, where)
    else:
        yield from _text_texts(name, data, where)


def _unreadable(where: str) -> FileText:
    return FileText(where, "", TextKind.UNREADABLE)


# --- archives ---


def _zip_texts(data: bytes, where: str, nested: int) -> Iterator[FileText]:
    try:
        with opened_zip(data) as file:
            # Read in one go: an archive that turns out to be damaged is unreadable as a whole.
            found = [*_archive_texts(file, where, nested)]
    except ValueError:
        found = [_unreadable(where)]
    yield from found


def _archive_texts(file: zipfile.ZipFile, where: str, nested: int) -> Iterator[FileText]:
    left = _MOST_IN_ALL
    yield from _text_texts("", file.comment, _in(where, "comment"))
    for number, member in enumerate(file.infolist(), start=1):
        part = _in(where, _member_words(member.filename, number))
        yield from _name_texts(part, member.filename)
        yield from _text_texts("", member.comment, part)
        left -= member.file_size
        if limit_of(file, member) is not None or left < 0:
            yield _unreadable(part)
        elif not member.is_dir():
            yield from _member_texts(member.filename, file.read(member), part, nested - 1)


_USUAL_MEMBERS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|(?:docProps/(?:core|app|custom)|content|styles|meta|settings|mimetype"
    r"|META-INF/manifest|(?:word|xl)/(?:document|workbook|styles|settings|comments|header|footer|footnotes|endnotes"
    r"|sharedStrings|numbering|fontTable|_rels/\w+|worksheets/sheet|worksheets/_rels/sheet|theme/theme|comments/comment)"
    r"\d*)(?:\.xml)?(?:\.rels)?"
)


def _member_words(name: str, number: int) -> str:
    """Return how a member is spoken of: by its name where every document of its kind has one so called."""
    return name if _USUAL_MEMBERS.fullmatch(name) else f"file {number}"


def _in(where: str, part: str) -> str:
    return f"{where} › {part}" if where else part


def _member_texts(name: str, data: bytes, part: str, nested: int) -> Iterator[FileText]:
    if data.lstrip()[:1] == b"<" or data[:4].strip(b"\xef\xbb\xbf\xff\xfe\x00")[:1] == b"<":
        try:
            yield from _markup(xml_texts(data), part, prose=not name.endswith(".rels"))
        except NotMarkupError:
            yield _unreadable(part)
    else:
        yield from _contents(name, data, part, nested)


# What a spreadsheet's headers and footers put before a text: its side, its font and size.
_EDGES = frozenset("oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter".split())
_EDGE_SIGNS = re.compile(r'&(?:"[^"]*"|\d+|[LCR])')


def _markup(texts: tuple[MarkupText, ...], part: str, *, prose: bool) -> Iterator[FileText]:
    for one in dict.fromkeys(texts):
        kind = TextKind.PROSE if prose and not one.is_value else TextKind.LABEL
        at_edge = one.path[-1:] and one.path[-1] in _EDGES
        yield FileText(part, _EDGE_SIGNS.sub("\n", one.text) if at_edge else one.text, kind)
        if one.is_value:
            yield from _name_texts_of_value(part, one)


# Attributes in which people's typing stands: what a sheet, a code, a case, an author or a style is called.
_NAMED = frozenset({"sheet", "Code", "Source", "Case", "User", "Note", "Set", "Variable", "comment", "annotation"})


def _name_texts_of_value(part: str, one: MarkupText) -> Iterator[FileText]:
    stem = _without_percents(one.text)
    kind = TextKind.PROSE if one.path[-1] in _NAMED else TextKind.LABEL
    yield FileText(part, _CAMEL.sub(" ", re.sub(r"[_./\\]+", " ", stem)), kind)


# --- sound ---


def _sound_texts(data: bytes, where: str) -> Iterator[FileText]:
    """Yield the tags of a sound file. Its voices are not text: consents decide on them."""
    try:
        found = [*(_opus_tags(data) if data.startswith(_OGG) else _wav_tags(data))]
    except (UnicodeDecodeError, *FOREIGN_ERRORS):
        yield _unreadable(_in(where, "tags"))
        return
    for text in found:
        yield FileText(_in(where, "tags"), text)


def _opus_tags(data: bytes) -> Iterator[str]:
    at = data.find(b"OpusTags", 0, _OPUS_HEADERS)
    if at < 0:
        raise ValueError("no tags")
    at += len(b"OpusTags")

    def string() -> str:
        nonlocal at
        size = int.from_bytes(data[at : at + 4], "little")
        if size > _OPUS_HEADERS:
            raise ValueError("tags that are too long")
        text = data[at + 4 : at + 4 + size].decode()
        at += 4 + size
        return text

    yield string()
    count = int.from_bytes(data[at : at + 4], "little")
    at += 4
    if count > _OPUS_HEADERS:
        raise ValueError("too many tags")
    for _ in range(count):
        yield string()


def _wav_tags(data: bytes) -> Iterator[str]:
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in {b"fmt ", b"data", b"fact"}:
            yield data[at + 8 : at + 8 + size].replace(b"\0", b" ").decode("latin-1")
        at += 8 + size + size % 2


# --- text ---


def _text_texts(name: str, data: bytes, where: str) -> Iterator[FileText]:
    if not data:
        return
    try:
        text = decode(data).text
    except NotTextError:
        yield _unreadable(where)
        return
    lower = name.lower()
    for fits, read in _READERS:
        if fits(lower, text):
            parts = _tried(read, text)
            if parts is not None:
                yield from (FileText(_in(where, part), found) for part, found in parts)
                return
    yield FileText(where, text)
    if "&" in text or "<" in text:
        yield from (FileText(where, one.text, TextKind.LABEL) for one in html_texts(text))


def _tried(read: Callable[[str], Iterator[tuple[str, str]]], text: str) -> list[tuple[str, str]] | None:
    try:
        return [*read(text)]
    except (csv.Error, *FOREIGN_ERRORS):
        return None


def _cells(text: str) -> Iterator[tuple[str, str]]:
    sign = "\t" if text.count("\t") > text.count(",") + text.count(";") else ";" if _by_semicolon(text) else ","
    for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), start=1):
        for column, cell in enumerate(cells, start=1):
            yield f"row {row}, column {column}", cell


def _by_semicolon(text: str) -> bool:
    head = text.partition("\n")[0]
    return head.count(";") > head.count(",")


def _json_strings(text: str) -> Iterator[tuple[str, str]]:
    waiting: list[object] = [json.loads(text)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield "", one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one


def _calendar_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the values of a calendar file's lines, unfolded (RFC 5545, 3.1), without their signs of escape."""
    for number, line in enumerate(re.sub(r"\r?\n[ \t]", "", text).splitlines(), start=1):
        key, _colon, value = line.partition(":")
        yield f"line {number}", key.partition(";")[2]
        yield (
            f"line {number}",
            re.sub(r"\\([\\;,nN])", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value),
        )


def _html_parts(text: str) -> Iterator[tuple[str, str]]:
    yield from (("", one.text) for one in html_texts(text))


_READERS: tuple[
    tuple[Callable[[str, str], bool], Callable[[str], Iterator[tuple[str, str]]]],
    ...,
] = (
    (lambda name, _text: name.endswith((".html", ".htm")), _html_parts),
    (lambda _name, text: text.startswith("BEGIN:VCALENDAR"), _calendar_lines),
    (lambda name, text: name.endswith(".json") or text.lstrip()[:1] in {"{", "["}, _json_strings),
    (lambda name, _text: name.endswith(_SHOWN_AS_CELLS), _cells),
)
