"""Find the end of the audio in a file of chunks, trusting the length in its header only if the bytes confirm it.

Recorders write the length last and may crash first; other programs write a length that is out of date or that includes
the header. So the length is trusted only if the file ends there, or if non-audio chunks fill the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.tags import tag_length

_NOT_YET = frozenset({0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF})
"""Placeholder lengths that recorders and programs write while the length is unknown, or for good."""
_NEARLY = 8192
# Chunks that recorders and editors write after the audio, in every container.
_AFTER_SOUND = re.compile(
    rb"LIST|JUNK|junk|id3 |ID3 |bext|iXML|axml|cue |smpl|inst|fact|PEAK|PAD |FLLR|DISP|plst|acid|strc|levl|LGWV|minf"
    rb"|elm1|regn|umid|_PMX|SAUR|qlty|mext|chna|cart|afsp|afmd|Cr8r|MD5 |SNDM|ANNO|NAME|AUTH|\(c\) |MARK|INST|COMT|APPL"
    rb"|MIDI|CHAN|basc|trns|cate|free|info|uuid|strg|mark|ovvw|peak|edct|pakt|chan"
)
# Patterns too long for audio to match by chance, even where the chunk itself was cut short.
_SURELY = re.compile(rb"LIST.{4}(?:INFO|adtl)|(?:id3 |ID3 ).{4}ID3|RIFF.{4}WAVEfmt ", re.DOTALL)
_TAIL = 64 << 20
_WINDOW = 1 << 20
_LONGEST_ID = 4
_LONGEST_MARK = 16


class Length(Enum):
    """Verdict on the length in a header, compared with the bytes present."""

    TRUE = auto()
    NOT_SAID = auto()
    TOO_SMALL = auto()
    TOO_LARGE = auto()
    COUNTS_HEADER = auto()
    """A little too large because it includes the header: a common mistake, and no audio is missing."""


@dataclass(frozen=True, slots=True)
class Extent:
    """End of the audio, and the verdict on the length in its header."""

    until: int
    length: Length


def extent(
    file: FileBytes, begins: int, said: int, ends_at: Callable[[int], bool], *, is_whole: bool = False
) -> Extent:
    """Find the end of audio that starts at `begins` and has a stated length of `said` bytes.

    `ends_at` returns whether chunks, or nothing, fill the file from a position to its end. `is_whole` means that
    another length in the header is correct for the file as it is.
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
    # Chunks just before the stated end: the length includes the header.
    near = _first_chunk(file, max(begins, end - begins), ends_at)
    if near <= end:
        return Extent(near, Length.COUNTS_HEADER)
    return Extent(near, Length.TOO_SMALL)


def _is_the_end(file: FileBytes, end: int, said: int, ends_at: Callable[[int], bool]) -> bool:
    """Return whether no audio follows: only the end of the file, chunks, tags, or zeros padding a sector."""
    return (
        ends_at(end)
        or ends_at(end + said % 2)
        or is_only_tags(file, end)
        or _AFTER_SOUND.match(file.read(end, _LONGEST_ID)) is not None
        or (said > 0 and file.is_zero(end, file.size))
    )


def is_only_tags(file: FileBytes, at: int) -> bool:
    """Return whether only music-player tags follow up to the end of the file."""
    while at < file.size and (length := tag_length(file, at, file.size)):
        at += length
    return at >= file.size - 1


def is_chunk_id(mark: bytes) -> bool:
    """Return whether four bytes can be a chunk id: printable ASCII."""
    return len(mark) == _LONGEST_ID and all(0x20 <= byte <= 0x7E for byte in mark)


def _is_unknown(said: int, begins: int) -> bool:
    # Some programs add the header's size to the largest 32-bit number, or subtract it.
    near_all = any(-_NEARLY <= said - whole <= begins for whole in (0x7FFFFFFF, 0x80000000, 0xFFFFFFFF))
    return said in _NOT_YET or said < 0 or near_all


def _first_chunk(file: FileBytes, at: int, ends_at: Callable[[int], bool]) -> int:
    """Return the start of the first chunk after the audio, or the end of the file."""
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
