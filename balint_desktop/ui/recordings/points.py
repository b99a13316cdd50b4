"""Find the previous or next phase or mark."""

from __future__ import annotations

from collections.abc import Iterable

# A second press within this time goes to the previous point rather than to the same one again.
_JUST_PASSED_S = 2.0
_HERE_S = 0.05


def before(points: Iterable[float], at_s: float) -> float | None:
    """Return the last point before a moment, None if there is none."""
    return max((point for point in points if point < at_s - _JUST_PASSED_S), default=None)


def after(points: Iterable[float], at_s: float) -> float | None:
    """Return the first point after a moment, None if there is none."""
    return min((point for point in points if point > at_s + _HERE_S), default=None)
