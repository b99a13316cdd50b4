"""Where the sound in a file of chunks ends: by the length that its header names, where the bytes agree, else by them.

A recorder writes the length last, and may die before; others write a length that was true once, or count the header
in. So the length counts only where the file ends there, or where chunks that are no sound fill it to its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.tags import tag_length

_NOT_YET = frozenset({0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF})
"""Lengths that recorders and programs write where they do not know it yet, or never will."""
_NEARLY = 8192
# What stands after the sound in files of recorders and editors, of every container.
_AFTER_SOUND = re.compile(
    rb"LIST|JUNK|junk|id3 |ID3 |bext|iXML|axml|cue |smpl|inst|fact|PEAK|PAD |FLLR|DISP|plst|acid|strc|levl|LGWV|minf"
    rb"|elm1|regn|umid|_PMX|SAUR|qlty|mext|chna|cart|afsp|afmd|Cr8r|MD5 |SNDM|ANNO|NAME|AUTH|\(c\) |MARK|INST|COMT|APPL"
    rb"|MIDI|CHAN|basc|trns|cate|free|info|uuid|strg|mark|ovvw|peak|edct|pakt|chan"
)
# So much of it that sound cannot look like it, even where the chunk itself was cut short.
_SURELY = re.compile(rb"LIST.{4}(?:INFO|adtl)|(?:id3 |ID3 ).{4}ID3|RIFF.{4}WAVEfmt ", re.DOTALL)
_TAIL = 64 << 20
_WINDOW = 1 << 20
_LONGEST_ID = 4
_LONGEST_MARK = 16


class Length(Enum):
    """How the length that a header names stands to what is there."""

    TRUE = auto()
    NOT_SAID = auto()
    TOO_SMALL = auto()
    TOO_LARGE = auto()
    COUNTS_HEADER = auto()
    """A little too large, because it counts the header in: a common mistake, and nothing is missing."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the sound ends, how its header's length stands to that, and where the chunks after it begin."""

    until: int
    length: Length


def extent(
    file: FileBytes, begins: int, said: int, ends_at: Callable[[int], bool], *, is_whole: bool = False
) -> Extent:
    """Return where the sound ends that begins at a position and is said to be so many bytes long.

    `ends_at` tells whether chunks, or nothing, fill the file from a position to its end. `is_whole` says that another
    length in the header is true for the file as it is.
    """
    end = begins + said
    if begins <= end <= file.size and _is_the_end(file, end, said, ends_at):
        return Extent(end, Length.TRUE)
    if _is_unknown(said, begins):
        return Extent(_first_chunk(file, begins, ends_at), Length.NOT_SAID)
    if end >= file.size:
        missing = end - file.size
        length = Length.COUNTS_HEADER if is_whole or missing <= begins else Length.TOO_LARGE
        return Extent(_first_chunk(file, begins, ends_at), length)
    # Chunks just before the end that was said: the header was counted in.
    near = _first_chunk(file, max(begins, end - begins), ends_at)
    if near <= end:
        return Extent(near, Length.COUNTS_HEADER)
    return Extent(near, Length.TOO_SMALL)


def _is_the_end(file: FileBytes, end: int, said: int, ends_at: Callable[[int], bool]) -> bool:
    """Return whether what follows there is no sound: nothing, chunks, tags, or a sector filled up with zeros."""
    return (
        ends_at(end)
        or ends_at(end + said % 2)
        or is_only_tags(file, end)
        or _AFTER_SOUND.match(file.read(end, _LONGEST_ID)) is not None
        or (said > 0 and file.is_zero(end, file.size))
    )


def is_only_tags(file: FileBytes, at: int) -> bool:
    """Return whether nothing but tags of a music player stands from there to the end of the file."""
    while at < file.size and (length := tag_length(file, at, file.size)):
        at += length
    return at >= file.size - 1


def is_chunk_id(mark: bytes) -> bool:
    """Return whether four bytes can be the name of a chunk."""
    return len(mark) == _LONGEST_ID and all(0x20 <= byte <= 0x7E for byte in mark)


def _is_unknown(said: int, begins: int) -> bool:
    # Some count the header in, or out, from the largest number there is.
    near_all = any(-_NEARLY <= said - whole <= begins for whole in (0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))
    return said in _NOT_YET or said < 0 or near_all


def _first_chunk(file: FileBytes, at: int, ends_at: Callable[[int], bool]) -> int:
    """Return where the chunks after the sound begin, the end of the file where there are none."""
    at = max(at, file.size - _TAIL)
    while at < file.size:
        window = file.read(at, _WINDOW)
        places = [found.start() for found in _AFTER_SOUND.finditer(window) if ends_at(at + found.start())]
        places += [found.start() for found in _SURELY.finditer(window)]
        if places:
            return at + min(places)
        if at + len(window) >= file.size:
            break
        at += len(window) - _LONGEST_MARK + 1
    return file.size
