"""Sound from a file that another recorder made: read piece by piece as mono, whatever libsndfile opens."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import soundfile

from balint_desktop.capture.file_ends import breaks_off, wave_head

_FRAMES_AT_ONCE = 1 << 15
# What is kept as fractions may be louder than whole numbers hold; libsndfile would let it turn over.
_FRACTIONS = frozenset({"FLOAT", "DOUBLE", "VORBIS", "OPUS", "MPEG_LAYER_I", "MPEG_LAYER_II", "MPEG_LAYER_III"})
_LOUDEST = 32_767
# sndfile.h, SF_COUNT_MAX: an Ogg file that breaks off gives this for its length.
_NOT_SAID = 1 << 62


class ForeignSound:
    """An open file. `cut_short` is known once everything was read."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raise LibsndfileError where it holds no sound, OSError where it cannot be read."""
        self._path = path
        self._after: _After | None = None
        self._file = self._opened(path)
        self.cut_short = False

    def _opened(self, path: Path) -> soundfile.SoundFile:
        wave = wave_head(path)
        if wave is None or not wave.has_no_length:
            return soundfile.SoundFile(str(path))
        self._after = _After(path, wave.begins)
        return soundfile.SoundFile(
            self._after, samplerate=wave.rate_hz, channels=wave.channels, format="RAW", subtype=wave.subtype
        )

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        if self._after is not None:
            self._after.close()

    @property
    def rate_hz(self) -> int:
        """Return its sample rate."""
        return int(self._file.samplerate)

    @property
    def seconds(self) -> float:
        """Return how long it says it is, 0 where it does not say."""
        return 0.0 if self._file.frames >= _NOT_SAID else float(self._file.frames / self._file.samplerate)

    def pieces(self) -> Iterator[array[int]]:
        """Yield the sound: int16, mono, at its own rate. A file that breaks off ends there."""
        channels, frames = self._file.channels, 0
        try:
            for piece in self._raw():
                frames += len(piece) // channels
                yield _mono(piece, channels)
        except soundfile.LibsndfileError:
            self.cut_short = True
        self.cut_short = self.cut_short or frames < self._file.frames or breaks_off(self._path)

    def _raw(self) -> Iterator[array[int]]:
        fractions = self._file.subtype in _FRACTIONS
        code, kind, size = ("f", "float32", 4) if fractions else ("h", "int16", 2)
        buffer = bytearray(_FRAMES_AT_ONCE * self._file.channels * size)
        while frames := self._file.buffer_read_into(buffer, dtype=kind):
            piece: array[Any] = array(code, bytes(memoryview(buffer)[: frames * self._file.channels * size]))
            yield _whole_numbers(piece) if fractions else piece


def _whole_numbers(piece: array[float]) -> array[int]:
    return array("h", [_whole(value) for value in piece])


def _whole(value: float) -> int:
    if -1 <= value <= 1:
        return int(value * _LOUDEST)
    # Neither comparison holds for what is no number: that becomes silence.
    return _LOUDEST if value > 1 else -_LOUDEST if value < -1 else 0


def _mono(piece: array[int], channels: int) -> array[int]:
    if channels == 1:
        return piece
    if channels == 2:
        return array("h", [(left + right) >> 1 for left, right in zip(piece[::2], piece[1::2], strict=True)])
    return array("h", [sum(all_at_once) // channels for all_at_once in zip(*[iter(piece)] * channels, strict=True)])


class _After:
    """A file from so many bytes on: for sound whose head is of no use."""

    def __init__(self, path: Path, begins: int) -> None:
        self._file = path.open("rb")
        self._begins = begins
        self._file.seek(begins)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes. Called by libsndfile."""
        return self._file.read(size)

    def tell(self) -> int:
        """Return the position. Called by libsndfile."""
        return self._file.tell() - self._begins

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a position. Called by libsndfile."""
        self._file.seek(offset + (self._begins if whence == os.SEEK_SET else 0), whence)
        return self.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
