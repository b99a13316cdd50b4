"""Clocks wound by hand, for whatever needs the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from balint_desktop.domain.clock import Instant, SystemClock, earlier

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


class ShiftedClock:
    """The machine's clock, set on or held for a while: what a busy machine takes meanwhile decides nothing."""

    def __init__(self, ahead_s: float = 0.0) -> None:
        self._machine = SystemClock()
        self._behind_s = -ahead_s
        self._held: Instant | None = None

    def now(self) -> Instant:
        """Return the moment by the shifted clock."""
        return self._held or earlier(self._machine.now(), self._behind_s)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let it stand still for a block, and go on from there."""
        self._held = self.now()
        try:
            yield
        finally:
            self._behind_s = self._machine.now().seconds_since(self._held)
            self._held = None
