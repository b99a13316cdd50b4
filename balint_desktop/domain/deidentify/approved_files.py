r"""The approved text in the files that hold it: what is its body in each form, read out of the finished bytes.

A text file holds its very characters; a last line break more is none of them. In a Word or OpenDocument file each of
its lines is a paragraph, and paragraphs without text are none. In subtitles each is a cue, who speaks as its voice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.file_texts import FileText, TextKind
from balint_desktop.domain.deidentify.markup_texts import NotMarkupError, paragraphs, xml_texts
from balint_desktop.domain.deidentify.reading import BETWEEN_LINES
from balint_desktop.domain.encodings import NotTextError, decode
from balint_desktop.domain.untrusted_zip import limit_of, opened_zip

# The member that holds the body, and the element that is it.
_BODIES = {".docx": ("word/document.xml", "body"), ".odt": ("content.xml", "text")}
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>]*)>")
_TIMES = "-->"


class NoBodyError(ValueError):
    """It is no file of a form that an approved text is exported in."""


def body_text(name: str, data: bytes) -> str:
    """Return the text that a file holds as its body. Raise NoBodyError."""
    ending = _ending(name)
    try:
        if ending in _BODIES:
            return BETWEEN_LINES.join(_paragraphs(data, *_BODIES[ending]))
        text = decode(data).text.replace("\r\n", "\n")
    except (NotMarkupError, NotTextError, ValueError, KeyError) as error:
        raise NoBodyError("no text that can be read") from error
    if ending == ".vtt":
        return BETWEEN_LINES.join(line for block in _blocks(text) for line in _cue(block))
    if ending != ".txt":
        raise NoBodyError("no form of an approved text")
    return text.removesuffix("\n")


def is_of_body(name: str, approved: ApprovedText) -> Callable[[FileText], bool]:
    """Return what says of a text in such a file whether it is part of the body, whose words are those approved."""
    ending = _ending(name)
    lines = frozenset(approved.text.split(BETWEEN_LINES))
    if ending in _BODIES:
        member = _BODIES[ending][0]
        return lambda text: text.part == member and text.kind is TextKind.PROSE and text.text in lines
    return lambda text: not text.part


def outside_body(name: str, data: bytes) -> Iterator[FileText]:
    """Yield what stands in a text file beside its body: headers, notes and names of cues."""
    if _ending(name) == ".vtt":
        for block in _blocks(decode(data).text.replace("\r\n", "\n")):
            cue = [*_cue(block)]
            yield FileText("notes", block.partition(_TIMES)[0] if cue else block)


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _paragraphs(data: bytes, member: str, inside: str) -> list[str]:
    with opened_zip(data) as file:
        info = file.getinfo(member)
        if limit_of(file, info) is not None:
            raise ValueError("too large")
        xml = file.read(info)
    return [text for text in paragraphs(xml_texts(xml), inside) if text]


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n{2,}", text.strip("\n")) if block]


def _cue(block: str) -> Iterator[str]:
    """Yield the line of the text that a block of subtitles is; none where it is a header or a note."""
    lines = block.split("\n")
    times = next((number for number, line in enumerate(lines) if _TIMES in line), None)
    if times is None or lines[0].startswith("NOTE"):
        return
    payload = "\n".join(lines[times + 1 :])
    voiced = _VOICE.sub(lambda found: f"{found[1]}: ", payload).removesuffix("</v>")
    yield html.unescape(voiced)
