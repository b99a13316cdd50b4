"""The child `balint-desktop decode`: Ogg Opus on standard input becomes PCM on standard output."""

from __future__ import annotations

import argparse
import sys

from balint_desktop.capture.decoder import Decoder, NotOpusError
from balint_desktop.ogg.packet import RATE_HZ

_FRAMES_AT_ONCE = RATE_HZ


def main(arguments: list[str]) -> int:
    """Decode from a second on: int16, 48 kHz, mono. The sound passes through memory only, never through a file.

    A file that was cut short is decoded as far as it goes. Return 1 where there is no sound to decode.
    """
    parser = argparse.ArgumentParser(prog="balint-desktop decode")
    parser.add_argument("--from", dest="from_s", type=float, default=0.0, metavar="SECONDS")
    options = parser.parse_args(arguments)
    try:
        _decode(Decoder(sys.stdin.buffer.read()), round(options.from_s * RATE_HZ))
    except NotOpusError:
        return 1
    except BrokenPipeError:
        # The reader wants no more; nothing may be written at exit either.
        sys.stdout = None
    return 0


def _decode(decoder: Decoder, from_frame: int) -> None:
    out = sys.stdout.buffer
    sound = decoder.read(_FRAMES_AT_ONCE, from_frame)
    while sound:
        out.write(sound)
        out.flush()
        sound = decoder.read(_FRAMES_AT_ONCE)
