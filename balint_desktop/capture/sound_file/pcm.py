"""Uncompressed audio in fixed-size blocks: sample formats and takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from balint_desktop.capture.sound_file.extent import Extent, Length
from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch
from balint_desktop.capture.sound_file.take import (
    MAX_CHANNELS,
    Block,
    NoSoundError,
    Raw,
    ReadingAccount,
    SndTake,
    Take,
    clean,
)

BIG, LITTLE = "BIG", "LITTLE"
# +60 dB: anything louder is damage, not a recording.
_LOUDEST = 1000.0
_PEAKS_THAT_COUNT = 3
_MAX_RATE_HZ = 10_000_000


@dataclass(frozen=True, slots=True)
class Samples:
    """Sample format: its libsndfile subtype and its size in bytes."""

    subtype: str
    bytes: int


_SIGNED = {
    size: Samples(subtype, size) for size, subtype in ((1, "PCM_S8"), (2, "PCM_16"), (3, "PCM_24"), (4, "PCM_32"))
}
_FRACTIONS = {4: Samples("FLOAT", 4), 8: Samples("DOUBLE", 8)}
MU_LAW, A_LAW, UNSIGNED_8 = Samples("ULAW", 1), Samples("ALAW", 1), Samples("PCM_U8", 1)


def signed(size: int) -> Samples:
    """Return the integer format with `size` bytes per sample. Raise NoSoundError."""
    return _of(_SIGNED, size)


def fractions(size: int) -> Samples:
    """Return the floating-point format with `size` bytes per sample. Raise NoSoundError."""
    return _of(_FRACTIONS, size)


def _of(sizes: dict[int, Samples], size: int) -> Samples:
    if size not in sizes:
        raise NoSoundError
    return sizes[size]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Sample rate, and bytes and frames per block: one frame if the audio is uncompressed."""

    rate_hz: int
    bytes: int
    frames: int = 1

    def seconds(self, size: int) -> float:
        """Return the duration of `size` bytes in seconds."""
        return size // self.bytes * self.frames / self.rate_hz


def pcm_take(
    file: FileBytes, account: ReadingAccount, where: Stretch, samples: Samples, raw: tuple[str, int, int]
) -> Take:
    """Return a take of samples with the given endianness, sample rate and channels. Raise NoSoundError."""
    endian, rate_hz, channels = raw
    if not 0 < rate_hz < _MAX_RATE_HZ or not 0 < channels <= MAX_CHANNELS:
        raise NoSoundError
    frames = where.length // (samples.bytes * channels)
    layout = Raw(samples.subtype, endian, rate_hz, channels)

    def build_take() -> SndTake:
        data = PiecedFile(file, [Stretch(where.begins, frames * samples.bytes * channels)])
        return SndTake(data, account, frames=frames, raw=layout)

    return Fractions(build_take) if samples in _FRACTIONS.values() else build_take()


class Fractions:
    """Floating-point samples, which may exceed full scale because float recorders never clip: scaled down to fit."""

    def __init__(self, build_take: Callable[[], SndTake]) -> None:
        self._open = build_take
        opened = build_take()
        self.rate_hz, self.channels, self.seconds = opened.rate_hz, opened.channels, opened.seconds
        opened.close()

    def blocks(self) -> Iterator[Block]:
        """Yield the audio. Raise OSError on a disk error."""
        peaks = sorted(float(np.abs(block).max()) for block in self._open().blocks(most=_LOUDEST))
        # Not the highest peak: one corrupt sample must not turn an hour down.
        peak = max(1.0, *peaks[-_PEAKS_THAT_COUNT:][:1])
        for block in self._open().blocks(most=_LOUDEST):
            yield clean(block / peak)


def account_for(account: ReadingAccount, begins: int, said: int, found: Extent, blocks: Blocks) -> None:
    """Record the length that the header states, and whether the file is unfinished or cut short."""
    account.is_unfinished |= found.length is Length.NOT_SAID
    account.is_cut_short |= found.length is Length.TOO_LARGE
    if found.length is Length.NOT_SAID:
        return
    true = found.length in {Length.TRUE, Length.COUNTS_HEADER}
    account.add_stated_length(blocks.seconds(found.until - begins if true else said))
