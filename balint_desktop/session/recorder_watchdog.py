"""Measure how long a recorder has sent nothing: a process that hangs reports no trouble of its own."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant

SILENT_S = 2.0
"""After so long the room says that the recorder does not answer; a slow disk may hold it up for a moment."""
KILLED_S = 60.0
"""After so long it is killed: by then its queue is full and sound is lost."""
# Time in which nobody checked, as in a machine's sleep, is not the recorder's silence.
_LONGEST_CHECK_S = 1.5


class RecorderWatchdog:
    """Counts the seconds since a recorder's last line, as far as somebody was there to read it."""

    def __init__(self) -> None:
        self._checked: Instant | None = None
        self._answered = True
        self.silent_s = 0.0

    def on_line(self) -> None:
        """Note a line of the recorder."""
        self._answered = True
        self.silent_s = 0.0

    def check(self, now: Instant) -> None:
        """Count the time since the last check, where no line came in between. Called about once a second."""
        if self._checked is not None and not self._answered:
            self.silent_s += min(max(0.0, now.seconds_since(self._checked)), _LONGEST_CHECK_S)
        self._checked, self._answered = now, False
