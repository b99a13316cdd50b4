"""Text of other programs: decode it by its mark, by what it looks like, or as Windows-1252."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")


# What a file of one byte a character may be in, as its name here: most often the first. The Baltic page has macrons.
_ONE_BYTE = {
    "Windows-1252": "cp1252",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Windows-1257": "cp1257",
    "Mac Roman": "mac-roman",
    "DOS 850": "cp850",
}


class NotTextError(ValueError):
    """The bytes are text in no encoding that is known here."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, how it was decoded, and whether nothing declared that."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> DecodedText:
    """Return the text of a file's bytes. Raise NotTextError."""
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return DecodedText(_readable(data[len(bom) :], codec), name, guessed=False)
    for codec in _looks_like_utf16(data):
        return DecodedText(_readable(data, codec), "UTF-16", guessed=True)
    try:
        return DecodedText(_readable(data, "utf-8"), "UTF-8", guessed=False)
    except NotTextError:
        return decode_as(data, "Windows-1252")


def decode_as(data: bytes, encoding: str) -> DecodedText:
    """Return the text of a file's bytes in one of `possible_encodings`, as a person chose. Raise NotTextError."""
    codec = _ONE_BYTE.get(encoding)
    return decode(data) if codec is None else DecodedText(_readable(data, codec), encoding, guessed=True)


def possible_encodings(data: bytes) -> tuple[str, ...]:
    """Return the encodings that a file may be in whose own was guessed, the guess first; none if it was not."""
    try:
        found = decode(data)
    except NotTextError:
        return ()
    others = [name for name in _ONE_BYTE if name != found.encoding and _is_text(data, _ONE_BYTE[name])]
    return (found.encoding, *others) if found.guessed else ()


def _is_text(data: bytes, codec: str) -> bool:
    try:
        _readable(data, codec)
    except NotTextError:
        return False
    return True


def _looks_like_utf16(data: bytes) -> Iterator[str]:
    """Yield the byte order of UTF-16 text without a mark: every other byte of its Latin letters is zero."""
    head = data[:4000]
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[first::2].count(0)
        if zeros > len(head) // 4 and zeros > 4 * head[1 - first :: 2].count(0):
            yield codec


def _readable(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise NotTextError from error
    if _NO_TEXT.search(text):
        raise NotTextError
    return text
