"""How long a recorder has not been heard from: one that stands still tells no trouble by itself."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant

SAID_S = 2.0
"""It speaks ten times a second; a slow disk may hold it up for a moment."""
REPLACED_S = 60.0
"""By then its queue is full and sound is lost."""
# Whoever was not looking (a sleeping machine) must not take that for the recorder's silence.
_LONGEST_LOOK_S = 1.5


class Unheard:
    """Counts the seconds since a recorder spoke, as far as somebody was there to hear it."""

    def __init__(self) -> None:
        self._looked: Instant | None = None
        self._heard = True
        self.seconds = 0.0

    def heard(self) -> None:
        """Note that it spoke."""
        self._heard = True
        self.seconds = 0.0

    def look(self, now: Instant) -> None:
        """Count the time since the last look, where nothing was heard in between. Called about once a second."""
        if self._looked is not None and not self._heard:
            self.seconds += min(max(0.0, now.seconds_since(self._looked)), _LONGEST_LOOK_S)
        self._looked, self._heard = now, False
