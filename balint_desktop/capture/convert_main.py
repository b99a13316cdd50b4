"""What the child `balint-desktop convert` does: a sound file of another recorder becomes Ogg Opus on standard output.

It holds no key, and a file made to break a decoder breaks this process alone. The file's name comes on standard input
and not as an argument, since arguments can be seen by everybody on the computer.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import soundfile

from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.capture.foreign_sound import ForeignSound
from balint_desktop.capture.recorder_protocol import ConvertEnd
from balint_desktop.capture.resampling import RATE_HZ, Resampler, can_convert

LONGEST_S = 12 * 3600.0
# Forty megabytes are needed; a file that is made to ask for more must not take the window's memory.
_MOST_MEMORY = 2 << 30


def main(arguments: list[str]) -> int:
    """Convert the file that is named on standard input. Return a ConvertEnd: how it ended."""
    del arguments
    _hold_memory()
    path = Path(os.fsdecode(sys.stdin.buffer.read()))
    try:
        with closing(ForeignSound(path)) as sound:
            return _convert(sound)
    except (soundfile.LibsndfileError, MemoryError):
        return ConvertEnd.UNREADABLE
    except BrokenPipeError:
        # Whoever asked wants no more; nothing more may be written at exit either.
        sys.stdout = None
        return ConvertEnd.UNREADABLE
    except OSError:
        return ConvertEnd.MISSING


def _hold_memory() -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _convert(sound: ForeignSound) -> int:
    if not can_convert(sound.rate_hz):
        return ConvertEnd.RATE
    if sound.seconds > LONGEST_S:
        return ConvertEnd.TOO_LONG
    encoder = OpusEncoder(OggSink(_put))
    frames = 0
    for piece in _at_48_khz(sound):
        frames += len(piece)
        if frames > LONGEST_S * RATE_HZ:
            # A file may say nothing of its length, or something else.
            return ConvertEnd.TOO_LONG
        encoder.write(piece.tobytes())
    if not frames:
        return ConvertEnd.UNREADABLE
    encoder.close()
    sys.stdout.buffer.flush()
    return ConvertEnd.CUT_SHORT if sound.cut_short else ConvertEnd.WHOLE


def _put(data: bytes) -> None:
    sys.stdout.buffer.write(data)


def _at_48_khz(sound: ForeignSound) -> Iterator[array[int]]:
    if sound.rate_hz == RATE_HZ:
        yield from sound.pieces()
        return
    resampler = Resampler(sound.rate_hz)
    for piece in sound.pieces():
        yield resampler.feed(piece)
    yield resampler.finish()
