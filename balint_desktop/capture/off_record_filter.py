"""Decide which blocks are recorded around a pause: none that began while off the record."""

from __future__ import annotations


class OffRecordFilter:
    """Pause state of a recording. A block is recorded only if all of it was spoken on the record."""

    def __init__(self) -> None:
        self._paused = False
        self._resumed_s = float("-inf")

    @property
    def paused(self) -> bool:
        """Return whether the recording is off the record."""
        return self._paused

    def pause(self) -> None:
        """Go off the record. Audio still on its way from the microphone is not recorded either."""
        self._paused = True

    def resume(self, now_s: float) -> None:
        """Go back on the record for audio spoken from `now_s` on."""
        if self._paused:
            self._paused = False
            self._resumed_s = now_s

    def is_recorded(self, began_s: float) -> bool:
        """Return whether to record a block whose first sample was spoken at `began_s`."""
        return not self._paused and began_s >= self._resumed_s
