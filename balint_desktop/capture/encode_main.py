"""What the child `balint-desktop encode` does: PCM on standard input becomes Ogg Opus on standard output."""

from __future__ import annotations

import argparse
import sys
from typing import BinaryIO

import soundfile

RATE_HZ = 48_000
_BYTES_AT_ONCE = RATE_HZ * 2
# libsndfile: bits per second and channel = 6000 + (1 - compression_level) * 250000
_LEAST_BIT_RATE = 6_000
_BIT_RATE_SPAN = 250_000


class _Forward:
    """A file that is written strictly forward, as libsndfile writes Ogg: told where it is, never moved."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0

    def write(self, data: bytes) -> int:
        """Hand the bytes on."""
        self._out.write(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._at

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Stay at the end, which is the only place there is."""
        return self._at

    def read(self, _size: int = -1) -> bytes:
        """Return nothing: there is nothing to read back."""
        return b""


def main(arguments: list[str]) -> int:
    """Encode int16, 48 kHz, mono until the end of input."""
    parser = argparse.ArgumentParser(prog="balint-desktop encode")
    parser.add_argument("--bit-rate", type=int, default=48_000)
    options = parser.parse_args(arguments)
    level = 1 - (options.bit_rate - _LEAST_BIT_RATE) / _BIT_RATE_SPAN
    try:
        with soundfile.SoundFile(
            _Forward(sys.stdout.buffer),
            mode="w",
            samplerate=RATE_HZ,
            channels=1,
            format="OGG",
            subtype="OPUS",
            compression_level=min(1.0, max(0.0, level)),
        ) as sound:
            while pcm := sys.stdin.buffer.read(_BYTES_AT_ONCE):
                sound.buffer_write(pcm[: len(pcm) // 2 * 2], dtype="int16")
        sys.stdout.buffer.flush()
    except (soundfile.LibsndfileError, OSError):
        return 1
    return 0
