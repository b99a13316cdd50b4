"""How file time stays session time: what silence goes in where sound is missing. Pure counting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.capture.portaudio import RATE_HZ

DRIFT_S = 0.5
"""Less than this is two clocks going differently: written down, not filled."""
LONGEST_GAP_S = 60.0
"""A longer gap ends the part."""


class Join(StrEnum):
    """How a block follows what is written."""

    FOLLOWS = "follows"
    AFTER_SILENCE = "after-silence"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a block goes: after so many frames of silence, if any."""

    join: Join
    silence_frames: int = 0


class Timeline:
    """Counts the frames of one part against the steady clock. Seconds are that clock's."""

    def __init__(self) -> None:
        self._began_s: float | None = None
        self.frames = 0
        self.drift_s = 0.0

    @property
    def seconds(self) -> float:
        """Return how much sound is written."""
        return self.frames / RATE_HZ

    def place(self, frames: int, came_s: float) -> Placed:
        """Return how a block of so many frames, whose last sample came then, joins what is written."""
        if self._began_s is None:
            self._began_s = came_s - frames / RATE_HZ
        missing_s = came_s - self._began_s - (self.frames + frames) / RATE_HZ
        self.drift_s = missing_s
        if missing_s < DRIFT_S:
            return Placed(Join.FOLLOWS)
        if missing_s > LONGEST_GAP_S:
            return Placed(Join.TOO_LATE)
        return Placed(Join.AFTER_SILENCE, round(missing_s * RATE_HZ))

    def wrote(self, frames: int) -> None:
        """Count frames that were written."""
        self.frames += frames
