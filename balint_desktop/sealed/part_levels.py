"""Loudness of each second of a part, one letter a second."""

from __future__ import annotations

import math

SILENT_DB = -62.0
"""Level of the first letter: this or less, in dB of full scale."""
_STEP_DB = 2.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def letter(level_db: float) -> str:
    """Encode a level in dB of full scale as a letter."""
    step = round((level_db - SILENT_DB) / _STEP_DB)
    return _LETTERS[min(max(step, 0), len(_LETTERS) - 1)]


def level_db(of: str) -> float:
    """Decode a letter to a level in dB of full scale; SILENT_DB for an unknown letter."""
    return SILENT_DB + _STEP_DB * max(0, _LETTERS.find(of))


def silence_levels(levels: str, from_s: float, until_s: float) -> str:
    """Return levels with every second silent that overlaps the span."""
    first = min(max(0, math.floor(from_s)), len(levels))
    last = min(max(first, math.ceil(until_s)), len(levels))
    return levels[:first] + _LETTERS[0] * (last - first) + levels[last:]
