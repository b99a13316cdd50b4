"""Keep file time equal to session time: compute the silence to write where audio is missing. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.ogg.packet import RATE_HZ

DRIFT_S = 0.5
"""Below this it is clock drift: noted in the part, not filled with silence."""
LONGEST_GAP_S = 60.0
"""A longer gap ends the part."""
SETTLE_S = 0.3
"""Delayed audio arrives in a burst; it has caught up once its delay has not shrunk for this long."""
_CLOSER_S = 0.02


class Join(StrEnum):
    """Relation of a block to the audio written so far."""

    FOLLOWS = "follows"
    HELD = "held"
    AFTER_SILENCE = "after-silence"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class Placed:
    """Placement of a block: held back, or after the blocks held back, with `silence_frames` of silence before them."""

    join: Join
    silence_frames: int = 0


class Timeline:
    """Counts the frames of one part against a clock. All times are in seconds of that clock.

    A late block may mean that audio before it was lost, or that it is merely delayed: a computer or sound server that
    hung for a moment delivers everything at once. So late blocks are held back until blocks arrive on time again;
    whatever is still missing by then was lost.
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
        """Return how many seconds of audio are written."""
        return self.frames / RATE_HZ

    @property
    def clock_s(self) -> float:
        """Return the clock time at which the next frame to be written was recorded, had nothing been lost."""
        return (self._began_s or 0.0) + self.seconds

    def place(self, frames: int, arrived_s: float) -> Placed:
        """Return the placement of a block of `frames` frames whose last sample arrived at `arrived_s`."""
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
        """Return the placement of the blocks held back, if no more arrive."""
        held, self._held_frames = self._held_frames, 0
        if held == 0:
            return Placed(Join.FOLLOWS)
        if self._least_s > LONGEST_GAP_S:
            return Placed(Join.TOO_LATE)
        return Placed(Join.AFTER_SILENCE, round(self._least_s * RATE_HZ))

    def advance(self, frames: int) -> None:
        """Count frames as written."""
        self.frames += frames
