"""Estimate when each frame of a source was heard, and how fast to read another source beside it. No I/O."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque

from balint_desktop.capture.source import Block
from balint_desktop.ogg.packet import RATE_HZ

WINDOW_S = 10.0
"""Long enough that what a busy computer measures wrongly for some seconds is the smaller part."""
JUMP_S = 0.04
"""A larger error is no drift: sound was lost. It is made up for at once, since correcting it would take a minute."""
_CORRECTED_IN_S = 20.0
LARGEST_CORRECTION = 0.001
"""A thousandth, ten times what sound cards differ by, changes the pitch by less than two cents."""
SETTLING_S = 30.0
"""A source that is younger may have been measured wrongly when it began: what that cost is made up for faster."""
_SETTLED_IN_S = 2.0
LARGEST_SETTLING = 0.005
"""Nine cents for some seconds, which nobody hears in a voice."""


class SourceClock:
    """Maps a source's frames to the time at which they were heard, in seconds of the clock that counts through sleep.

    A sound server delivers in pieces of its own, so that a block's arrival tells when it was heard to a tenth of a
    second only, with an error that may take a minute to come and go. So its age is counted, which the sound system
    measures to a few ms, but for single values; of those of the last seconds the middle one is taken.
    """

    def __init__(self) -> None:
        self._offsets: deque[tuple[int, float]] = deque()
        self._sorted: list[float] = []
        self.frames = 0

    def add(self, block: Block, latency_s: float) -> None:
        """Count a block. `latency_s` is its age where the sound system did not measure it."""
        self.frames += block.frames
        age_s = latency_s if block.age_s is None else block.age_s
        offset_s = block.arrived_s - age_s - self.frames / RATE_HZ
        self._offsets.append((self.frames, offset_s))
        insort(self._sorted, offset_s)
        while self._offsets[0][0] < self.frames - WINDOW_S * RATE_HZ:
            _, oldest_s = self._offsets.popleft()
            del self._sorted[bisect_left(self._sorted, oldest_s)]

    def heard_s(self, frame: float) -> float:
        """Return when a frame was heard."""
        return self._sorted[len(self._sorted) // 2] + frame / RATE_HZ

    def frame_at(self, heard_s: float) -> float:
        """Return the frame that was heard at a time; negative before the first."""
        return (heard_s - self._sorted[len(self._sorted) // 2]) * RATE_HZ


def reading_step(error_s: float, *, settling: bool = False) -> float:
    """Return how many frames of a source to read for each frame of the other, given how far its reading lags behind.

    `settling` is for the first seconds of a source.

    Proportional alone: a clock that is 100 ppm fast is then followed two milliseconds late, and nothing overshoots.
    """
    corrected_in_s, largest = (_SETTLED_IN_S, LARGEST_SETTLING) if settling else (_CORRECTED_IN_S, LARGEST_CORRECTION)
    return 1 + min(largest, max(-largest, error_s / corrected_in_s))
