"""Collect the level of each second of a part while it is written."""

from __future__ import annotations

import math

from balint_desktop.capture.level import SILENT_DB
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.sealed.part_levels import letter, silence_levels


class LevelLog:
    """Converts block levels to one letter per second of the part (`sealed/part_levels`)."""

    def __init__(self) -> None:
        self._letters = ""
        self._energy = 0.0
        self._frames = 0
        self._before_silence = ""

    @property
    def letters(self) -> str:
        """Return one letter per second so far, including the current, incomplete second."""
        return self._letters + (self._letter() if self._frames else "")

    def add(self, frames: int, level_db: float) -> None:
        """Add a block: its length in frames, and its level in dB of full scale."""
        while frames > 0:
            now = min(frames, RATE_HZ - self._frames)
            self._energy += now * (10 ** (level_db / 10) if level_db > SILENT_DB else 0.0)
            self._frames += now
            frames -= now
            if self._frames == RATE_HZ:
                self._letters += self._letter()
                self._energy, self._frames = 0.0, 0

    def silence_last(self, seconds: float) -> None:
        """Set the last `seconds` seconds to silence, since they are redacted."""
        self._before_silence = self._letters
        now_s = len(self._letters) + self._frames / RATE_HZ
        self._letters = silence_levels(self._letters, now_s - seconds, now_s)
        self._energy = 0.0

    def restore_last(self) -> None:
        """Bring back what was silenced last: the redaction was undone."""
        self._letters = self._before_silence + self._letters[len(self._before_silence) :]

    def _letter(self) -> str:
        mean = self._energy / self._frames
        return letter(10 * math.log10(mean) if mean > 0 else SILENT_DB)
