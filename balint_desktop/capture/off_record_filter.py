"""Which blocks may be heard: none while off the record, and none that were caught before it ended."""

from __future__ import annotations


class OffRecord:
    """The pause of a recording. A block is heard only if all of it was caught while on the record."""

    def __init__(self) -> None:
        self._paused = False
        self._resumed_s = float("-inf")

    @property
    def paused(self) -> bool:
        """Tell whether the recording is off the record."""
        return self._paused

    def pause(self) -> None:
        """Hear nothing from here. What is on its way from the microphone is not heard either."""
        self._paused = True

    def resume(self, now_s: float) -> None:
        """Hear again what is said from now on."""
        if self._paused:
            self._paused = False
            self._resumed_s = now_s

    def is_heard(self, began_s: float) -> bool:
        """Tell whether a block whose first sample was caught then may be heard."""
        return not self._paused and began_s >= self._resumed_s
