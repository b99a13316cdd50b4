"""The child `balint-desktop encode`: encode PCM on standard input to Ogg Opus on standard output."""

from __future__ import annotations

import argparse
import sys

import soundfile

from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.ogg.packet import RATE_HZ

_BYTES_AT_ONCE = RATE_HZ * 2
# A finished file needs no short pages, and longer ones take fewer bytes.
_PAGE_MS = 1000.0


def main(arguments: list[str]) -> int:
    """Encode int16, 48 kHz, mono audio until the end of input. Return 1 on failure."""
    parser = argparse.ArgumentParser(prog="balint-desktop encode")
    parser.add_argument("--bit-rate", type=int, default=48_000)
    options = parser.parse_args(arguments)
    try:
        encoder = OpusEncoder(OggSink(_write), options.bit_rate, _PAGE_MS)
        while pcm := sys.stdin.buffer.read(_BYTES_AT_ONCE):
            encoder.write(pcm[: len(pcm) // 2 * 2])
        encoder.close()
        sys.stdout.buffer.flush()
    except (soundfile.LibsndfileError, OSError):
        return 1
    return 0


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
