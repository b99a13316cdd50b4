"""Keep file time equal to session time: how much silence to write where sound is missing. Pure counting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.ogg.packet import RATE_HZ

DRIFT_S = 0.5
"""Less than this is two clocks that drift apart: noted in the part, not filled with silence."""
LONGEST_GAP_S = 60.0
"""A longer gap ends the part."""
SETTLE_S = 0.3
"""Sound that was only delayed comes in a rush; it has caught up when it came no closer for so long."""
_CLOSER_S = 0.02


class Join(StrEnum):
    """How a block follows what is written."""

    FOLLOWS = "follows"
    HELD = "held"
    AFTER_SILENCE = "after-silence"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a block goes: held back, or after those held back, with so many frames of silence before them."""

    join: Join
    silence_frames: int = 0


class Timeline:
    """Counts the frames of one part against the steady clock. Seconds are that clock's.

    A late block may mean that sound before it was lost, or that it is merely late: a machine or a sound server that
    hung for a moment hands over everything at once. So late blocks are held back until they come on time again; what
    is still missing by then was lost.
    """

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._held_frames = 0
        self._least_s = 0.0
        self._least_at_s = 0.0
        self.frames = 0
        self.drift_s = 0.0

    @property
    def seconds(self) -> float:
        """Return how many seconds of sound are written."""
        return self.frames / RATE_HZ

    @property
    def clock_s(self) -> float:
        """Return when the next frame to be written was recorded, had nothing been lost, in seconds of the clock."""
        return (self._began_s or 0.0) + self.seconds

    def place(self, frames: int, arrived_s: float) -> Placed:
        """Return how a block of so many frames, whose last sample arrived then, follows what is written."""
        if self._began_s is None:
            self._began_s = arrived_s - frames / RATE_HZ
        missing_s = arrived_s - self.clock_s - (self._held_frames + frames) / RATE_HZ
        if missing_s < DRIFT_S:
            self._held_frames = 0
            self.drift_s = missing_s
            return Placed(Join.FOLLOWS)
        if self._held_frames == 0 or missing_s < self._least_s - _CLOSER_S:
            self._least_s, self._least_at_s = missing_s, arrived_s
        self._held_frames += frames
        if arrived_s - self._least_at_s < SETTLE_S:
            return Placed(Join.HELD)
        return self.flush()

    def flush(self) -> Placed:
        """Return how the blocks that are held back follow what is written, if no more come."""
        held, self._held_frames = self._held_frames, 0
        if held == 0:
            return Placed(Join.FOLLOWS)
        if self._least_s > LONGEST_GAP_S:
            return Placed(Join.TOO_LATE)
        return Placed(Join.AFTER_SILENCE, round(self._least_s * RATE_HZ))

    def advance(self, frames: int) -> None:
        """Count frames that were written."""
        self.frames += frames
