"""Measure how long a recorder has been silent, since a hung process reports no trouble itself."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant

SILENT_S = 2.0
"""After this the room shows that the recorder does not respond; a slow disk may delay it for a moment."""
KILLED_S = 60.0
"""After this it is killed: by then its queue is full and audio is lost."""
# An interval without checks, as during sleep, does not count as silence of the recorder.
_LONGEST_CHECK_S = 1.5


class RecorderWatchdog:
    """Counts the seconds since a recorder's last line, excluding time in which no one could read it."""

    def __init__(self) -> None:
        self._checked: Instant | None = None
        self._answered = True
        self.silent_s = 0.0

    def on_line(self) -> None:
        """Reset the count, on a line from the recorder."""
        self._answered = True
        self.silent_s = 0.0

    def check(self, now: Instant) -> None:
        """Add the time since the last check if no line arrived in between. Called about once a second."""
        if self._checked is not None and not self._answered:
            self.silent_s += min(max(0.0, now.seconds_since(self._checked)), _LONGEST_CHECK_S)
        self._checked, self._answered = now, False
