"""Decide which blocks are recorded around a pause: none that began while the recording was off the record."""

from __future__ import annotations


class OffRecordFilter:
    """The pause of a recording. A block is recorded only if all of it was spoken while on the record."""

    def __init__(self) -> None:
        self._paused = False
        self._resumed_s = float("-inf")

    @property
    def paused(self) -> bool:
        """Return whether the recording is off the record."""
        return self._paused

    def pause(self) -> None:
        """Go off the record. What is on its way from the microphone is not recorded either."""
        self._paused = True

    def resume(self, now_s: float) -> None:
        """Go on the record with what is spoken from this second of the clock on."""
        if self._paused:
            self._paused = False
            self._resumed_s = now_s

    def is_recorded(self, began_s: float) -> bool:
        """Return whether a block is recorded whose first sample was spoken at that second of the clock."""
        return not self._paused and began_s >= self._resumed_s
