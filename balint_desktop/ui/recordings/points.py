"""Find the previous or next phase or mark."""

from __future__ import annotations

from collections.abc import Iterable

# A second press in this time goes on to the one before, rather than to the same one again.
_JUST_PASSED_S = 2.0
_HERE_S = 0.05


def before(points: Iterable[float], at_s: float) -> float | None:
    """Return the last point that lies before a moment, None where there is none."""
    return max((point for point in points if point < at_s - _JUST_PASSED_S), default=None)


def after(points: Iterable[float], at_s: float) -> float | None:
    """Return the first point that lies after a moment, None where there is none."""
    return min((point for point in points if point > at_s + _HERE_S), default=None)
