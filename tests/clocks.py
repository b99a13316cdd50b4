"""Clocks wound by hand, for any test that needs the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from balint_desktop.domain.clock import Instant, SystemClock, earlier

# Noon, 6 September 2027, UTC; any moment would do.
START_WALL = 1_820_232_000.0


class WoundClock:
    """A clock that changes only when wound. The boot clock counts sleep and restarts at a reboot, as real ones do."""

    def __init__(self, wall: float = START_WALL, boot: float = 5_000.0) -> None:
        self._boots = 1
        self._at = Instant(wall, boot, "boot-1")

    def now(self) -> Instant:
        """Return the current moment."""
        return self._at

    def advance(self, seconds: float) -> Instant:
        """Let time pass."""
        self._at = replace(self._at, wall=self._at.wall + seconds, boot=self._at.boot + seconds)
        return self._at

    def sleep(self, seconds: float) -> Instant:
        """Let the machine sleep: both clocks advance, and no code reads them."""
        return self.advance(seconds)

    def reboot(self, seconds: float) -> Instant:
        """Let the machine restart, which takes that long."""
        self._boots += 1
        self._at = Instant(self._at.wall + seconds, 12.0, f"boot-{self._boots}")
        return self._at

    def set_wall(self, by_seconds: float) -> Instant:
        """Move the system's time forward or back. No time passes."""
        self._at = replace(self._at, wall=self._at.wall + by_seconds)
        return self._at


class ShiftedClock:
    """The machine's clock, shifted or held for a while, so that a busy machine decides nothing."""

    def __init__(self, ahead_s: float = 0.0) -> None:
        self._machine = SystemClock()
        self._behind_s = -ahead_s
        self._held: Instant | None = None

    def now(self) -> Instant:
        """Return the moment by the shifted clock."""
        return self._held or earlier(self._machine.now(), self._behind_s)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it for a block, and continue from there."""
        self._held = self.now()
        try:
            yield
        finally:
            self._behind_s = self._machine.now().seconds_since(self._held)
            self._held = None
