"""The child `balint-desktop decode`: decode Ogg Opus on standard input to PCM on standard output."""

from __future__ import annotations

import argparse
import sys

from balint_desktop.capture.decoder import Decoder, NotOpusError
from balint_desktop.command import is_reader_gone
from balint_desktop.ogg.packet import RATE_HZ

_FRAMES_AT_ONCE = RATE_HZ


def main(arguments: list[str]) -> int:
    """Decode to int16, 48 kHz, mono, in memory only and never through a file.

    A truncated file is decoded as far as it goes. Return 1 if there is no audio to decode.
    """
    parser = argparse.ArgumentParser(prog="balint-desktop decode")
    parser.add_argument("--from", dest="from_s", type=float, default=0.0, metavar="SECONDS")
    options = parser.parse_args(arguments)
    try:
        _decode(Decoder(sys.stdin.buffer.read()), round(options.from_s * RATE_HZ))
    except NotOpusError:
        return 1
    except OSError as error:
        if not is_reader_gone(error):
            raise
        # The reader wants no more, and nothing more may be written at exit either.
        sys.stdout = None
    return 0


def _decode(decoder: Decoder, from_frame: int) -> None:
    out = sys.stdout.buffer
    sound = decoder.read(_FRAMES_AT_ONCE, from_frame)
    while sound:
        out.write(sound)
        out.flush()
        sound = decoder.read(_FRAMES_AT_ONCE)
