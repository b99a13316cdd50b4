"""Whether a sound file ends where it says it does: a battery may have died, or a copy been cut short. No decoding."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_END_OF_STREAM = 4
_LAST_PAGES = 1 << 17
_EXTENSIBLE = 0xFFFE
_SUBTYPES = {
    (1, 8): "PCM_U8",
    (1, 16): "PCM_16",
    (1, 24): "PCM_24",
    (1, 32): "PCM_32",
    (3, 32): "FLOAT",
    (3, 64): "DOUBLE",
}


@dataclass(frozen=True, slots=True)
class Wave:
    """What the head of a WAV file says: where its sound begins, how many bytes are promised and there, and of what."""

    begins: int
    promised: int
    there: int
    rate_hz: int
    channels: int
    subtype: str

    @property
    def has_no_length(self) -> bool:
        """Tell whether sound follows a length of nothing: a recorder writes the length last, and never got so far."""
        return self.promised == 0 and self.there > 0 and bool(self.subtype) and self.channels > 0


def wave_head(path: Path) -> Wave | None:
    """Return what the head of a WAV file says, None where it is none or says nothing of its sound."""
    with path.open("rb") as file:
        size = _size(file)
        begins = file.read(12)
        if begins[:4] != b"RIFF" or begins[8:] != b"WAVE":
            return None
        form = b""
        while len(head := file.read(8)) == 8:
            length = int.from_bytes(head[4:], "little")
            if head[:4] == b"data":
                return _wave(form, file.tell(), length, size - file.tell())
            if head[:4] == b"fmt ":
                form = file.read(length)[:40]
                file.seek(length % 2, os.SEEK_CUR)
            else:
                file.seek(length + length % 2, os.SEEK_CUR)
    return None


def breaks_off(path: Path) -> bool:
    """Tell whether a WAV or an Ogg file promises more than there is, with which libsndfile is content."""
    wave = wave_head(path)
    if wave is not None:
        return wave.has_no_length or wave.promised > wave.there
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        file.seek(max(0, _size(file) - _LAST_PAGES))
        last = file.read()
    at = last.rfind(b"OggS")
    return at < 0 or at + 6 > len(last) or not last[at + 5] & _END_OF_STREAM


def _size(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _wave(form: bytes, begins: int, promised: int, there: int) -> Wave:
    def number(at: int, size: int) -> int:
        return int.from_bytes(form[at : at + size], "little")

    tag = number(24, 2) if number(0, 2) == _EXTENSIBLE else number(0, 2)
    return Wave(begins, promised, there, number(4, 4), number(2, 2), _SUBTYPES.get((tag, number(14, 2)), ""))
