"""The sound that a self-test records: tone and hiss in turn, so that a loss or a shift of it is noticed."""

from __future__ import annotations

import math
import random
import wave
from array import array
from pathlib import Path

from balint_desktop.ogg.packet import RATE_HZ

SECONDS = 3
_TURN_S = 0.5
_TONE_HZ = 440.0
_TONE, _HISS = 8000, 60
# Opus may lose some of a tone, and adds little to a hiss.
_LOUD, _QUIET = 2000.0, 600.0
# The audible edge of a turn, as an encoder smooths it.
_EDGE_S = 0.1


def played_sound(rate_hz: int = RATE_HZ) -> array[int]:
    """Return three seconds of int16 mono: half a second of tone, half a second of hiss, and so on."""
    lots = random.Random(1)  # noqa: S311  a hiss protects nothing
    step = 2 * math.pi * _TONE_HZ / rate_hz
    samples = array("h")
    for n in range(SECONDS * rate_hz):
        is_tone = int(n / rate_hz / _TURN_S) % 2 == 0
        samples.append(round(_TONE * math.sin(step * n)) if is_tone else lots.randint(-_HISS, _HISS))
    return samples


def write_wave(path: Path, rate_hz: int = RATE_HZ) -> Path:
    """Write the sound as a WAV file, and return its path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(played_sound(rate_hz).tobytes())
    return path


def read_wave(path: Path) -> bytes:
    """Return the samples of such a file."""
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes())


def wrong_turns(pcm: bytes) -> int:
    """Return how many of the turns recorded are not as they were played, those missing at the end included."""
    samples = array("h", pcm)
    wrong = 0
    for turn in range(round(SECONDS / _TURN_S)):
        begin, end = turn * _TURN_S + _EDGE_S, (turn + 1) * _TURN_S - _EDGE_S
        piece = samples[round(begin * RATE_HZ) : round(end * RATE_HZ)]
        loudness = math.sqrt(sum(sample * sample for sample in piece) / len(piece)) if piece else -1.0
        wrong += not (loudness > _LOUD if turn % 2 == 0 else 0 <= loudness < _QUIET)
    return wrong
