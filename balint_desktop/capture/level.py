"""Measure the level of a block of audio in dB of full scale."""

from __future__ import annotations

import math

SILENT_DB = -120.0
_FULL = 32768.0
# Every eighth sample gives the level of speech as accurately, for an eighth of the work.
_STRIDE = 8


def level_db(sound: bytes) -> float:
    """Return the RMS level of int16 audio in dB of full scale, SILENT_DB for digital silence."""
    samples = memoryview(sound).cast("h")[::_STRIDE].tolist()
    if not samples:
        return SILENT_DB
    mean_square = sum(sample * sample for sample in samples) / len(samples)
    if mean_square == 0:
        return SILENT_DB
    return 10 * math.log10(mean_square / (_FULL * _FULL))


def is_digital_silence(sound: bytes) -> bool:
    """Return whether every sample is exactly zero: a muted or denied microphone, never a quiet room."""
    return sound.count(0) == len(sound)
