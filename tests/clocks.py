"""A clock wound by hand, for whatever needs the time."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.clock import Instant

# Noon, 6 September 2027, UTC; any moment would do.
START_WALL = 1_820_232_000.0


class WoundClock:
    """Stands still until it is wound. The boot clock counts sleep, and begins anew at a reboot, as real ones do."""

    def __init__(self, wall: float = START_WALL, boot: float = 5_000.0) -> None:
        self._boots = 1
        self._at = Instant(wall, boot, "boot-1")

    def now(self) -> Instant:
        """Return the moment it was wound to."""
        return self._at

    def advance(self, seconds: float) -> Instant:
        """Let time pass."""
        self._at = replace(self._at, wall=self._at.wall + seconds, boot=self._at.boot + seconds)
        return self._at

    def sleep(self, seconds: float) -> Instant:
        """Let the machine sleep: both clocks go on, and nobody looks at them."""
        return self.advance(seconds)

    def reboot(self, seconds: float) -> Instant:
        """Let the machine restart, which takes so long."""
        self._boots += 1
        self._at = Instant(self._at.wall + seconds, 12.0, f"boot-{self._boots}")
        return self._at

    def set_wall(self, by_seconds: float) -> Instant:
        """Set the system's time on or back by so much. No time passes."""
        self._at = replace(self._at, wall=self._at.wall + by_seconds)
        return self._at
