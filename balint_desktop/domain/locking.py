"""Rules for automatic locking: idle minutes, and a sleep detected by comparing two clocks."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.clock import Instant

NEVER = 0
IDLE_MINUTES = (NEVER, 5, 10, 15, 30)
"""The choices offered, in minutes."""

DEFAULT_MINUTES = 10
# While the machine is awake the two clocks differ by far less than a second of rounding.
_SLEPT_S = 1.0


@dataclass(frozen=True, slots=True)
class Beat:
    """One reading of both clocks: an instant (its boot clock includes sleep) and the seconds awake."""

    at: Instant
    awake_s: float


def idle_minutes(kept: str) -> int:
    """Return the stored number of minutes, or the default where it is not one of the choices."""
    return int(kept) if kept in {str(minutes) for minutes in IDLE_MINUTES} else DEFAULT_MINUTES


def has_idled(touched: Instant, now: Instant, minutes: int) -> bool:
    """Return whether the window has had no input for that many minutes."""
    return minutes != NEVER and now.seconds_since(touched) >= minutes * 60


def has_slept(before: Beat, now: Beat) -> bool:
    """Return whether the machine slept between two readings."""
    return now.at.seconds_since(before.at) - (now.awake_s - before.awake_s) >= _SLEPT_S
