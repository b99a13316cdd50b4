"""Estimate when each frame of a source was heard, and how fast to read another source beside it. No I/O."""

from __future__ import annotations

from collections import deque

from balint_desktop.ogg.packet import RATE_HZ

WINDOW_S = 8.0
"""A busy computer may deliver late for some seconds; in this long at least one block arrives on time."""
JUMP_S = 0.04
"""A larger error is no drift: sound was lost. It is made up for at once, since correcting it would take a minute."""
_CORRECTED_IN_S = 20.0
LARGEST_CORRECTION = 0.001
"""A thousandth, ten times what sound cards differ by, changes the pitch by less than two cents."""


class SourceClock:
    """Maps a source's frames to the time at which they were heard, in seconds of the clock that counts through sleep.

    Blocks may arrive late but never early. So the block that arrived earliest, against the frames counted, tells when
    the frames of the last seconds were heard.
    """

    def __init__(self) -> None:
        self._offsets: deque[tuple[int, float]] = deque()
        self.frames = 0

    def add(self, frames: int, arrived_s: float, latency_s: float) -> None:
        """Count a block whose last frame arrived at `arrived_s`, `latency_s` after it was heard."""
        self.frames += frames
        offset_s = arrived_s - latency_s - self.frames / RATE_HZ
        # Only a minimum of the window's rest may still become its minimum.
        while self._offsets and self._offsets[-1][1] >= offset_s:
            self._offsets.pop()
        self._offsets.append((self.frames, offset_s))
        while self._offsets[0][0] < self.frames - WINDOW_S * RATE_HZ:
            self._offsets.popleft()

    def heard_s(self, frame: float) -> float:
        """Return when a frame was heard."""
        return self._offsets[0][1] + frame / RATE_HZ

    def frame_at(self, heard_s: float) -> float:
        """Return the frame that was heard at a time; negative before the first."""
        return (heard_s - self._offsets[0][1]) * RATE_HZ


def reading_step(error_s: float) -> float:
    """Return how many frames of a source to read for each frame of the other, given how far its reading lags behind.

    Proportional alone: a clock that is 100 ppm fast is then followed two milliseconds late, and nothing overshoots.
    """
    correction = error_s / _CORRECTED_IN_S
    return 1 + min(LARGEST_CORRECTION, max(-LARGEST_CORRECTION, correction))
