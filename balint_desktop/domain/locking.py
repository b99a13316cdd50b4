"""Rules for automatic locking: idle minutes, and a sleep detected by comparing two clocks."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.clock import Instant

NEVER = 0
IDLE_MINUTES = (NEVER, 5, 10, 15, 30)
"""What can be chosen."""

DEFAULT_MINUTES = 10
# The two clocks run alike while the machine is awake; no rounding of theirs comes near a second.
_SLEPT_S = 1.0


@dataclass(frozen=True, slots=True)
class Beat:
    """One look at both clocks: the moment, whose boot clock counts sleep, and the seconds awake, which leave it out."""

    at: Instant
    awake_s: float


def idle_minutes(kept: str) -> int:
    """Return the minutes that were chosen, the default where what was kept is none of the choices."""
    return int(kept) if kept in {str(minutes) for minutes in IDLE_MINUTES} else DEFAULT_MINUTES


def has_idled(touched: Instant, now: Instant, minutes: int) -> bool:
    """Tell whether nobody has touched the window for so many minutes."""
    return minutes != NEVER and now.seconds_since(touched) >= minutes * 60


def has_slept(before: Beat, now: Beat) -> bool:
    """Tell whether the machine slept between two looks."""
    return now.at.seconds_since(before.at) - (now.awake_s - before.awake_s) >= _SLEPT_S
