"""What the child `balint-desktop decode` does: Ogg Opus on standard input becomes PCM on standard output."""

from __future__ import annotations

import argparse
import io
import sys

import soundfile

RATE_HZ = 48_000
_FRAMES_AT_ONCE = RATE_HZ
_BYTES_A_FRAME = 2


def main(arguments: list[str]) -> int:
    """Decode from a second on: int16, 48 kHz, mono. The sound passes through memory only, never through a file.

    A file that was cut short is decoded as far as it goes. Return 1 where there is no sound to decode.
    """
    parser = argparse.ArgumentParser(prog="balint-desktop decode")
    parser.add_argument("--from", dest="from_s", type=float, default=0.0, metavar="SECONDS")
    options = parser.parse_args(arguments)
    ogg = io.BytesIO(sys.stdin.buffer.read())
    try:
        with soundfile.SoundFile(ogg) as sound:
            return _decode(sound, options.from_s)
    except soundfile.LibsndfileError:
        return 1
    except BrokenPipeError:
        # Whoever listened has heard enough; nothing more may be written at exit either.
        sys.stdout = None
        return 0


def _decode(sound: soundfile.SoundFile, from_s: float) -> int:
    if sound.channels != 1 or sound.samplerate != RATE_HZ:
        return 1
    if from_s > 0:
        sound.seek(min(round(from_s * RATE_HZ), sound.frames))
    out = sys.stdout.buffer
    buffer = bytearray(_FRAMES_AT_ONCE * _BYTES_A_FRAME)
    # Not buffer_read: it asserts that all the frames promised by a file's last page are there.
    while frames := sound.buffer_read_into(buffer, dtype="int16"):
        out.write(memoryview(buffer)[: frames * _BYTES_A_FRAME])
        out.flush()
    return 0
