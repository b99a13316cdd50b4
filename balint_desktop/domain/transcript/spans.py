"""Spans of a session in whole milliseconds: merge them, subtract them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

Span = tuple[int, int]
"""From and until, in session milliseconds."""


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted, with those that touch or overlap made one; empty ones are dropped."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > begin:
            found.append((begin, end))
    return tuple(found)


def without(spans: Iterable[Span], taken: Iterable[Span], least_ms: int = 1) -> tuple[Span, ...]:
    """Return what of spans no other span covers; remainders shorter than `least_ms` are left out."""
    left: list[Span] = []
    covers = merged(taken)
    first = 0
    for low, high in merged(spans):
        while first < len(covers) and covers[first][1] <= low:
            first += 1
        at = low
        for begin, end in islice(covers, first, None):
            if begin >= high:
                break
            left.append((at, begin))
            at = end
        left.append((at, high))
    return tuple((low, high) for low, high in left if high - low >= max(1, least_ms))


def within(spans: Iterable[Span], low_ms: int, high_ms: int) -> tuple[Span, ...]:
    """Return what of spans lies between two moments."""
    return merged((max(begin, low_ms), min(end, high_ms)) for begin, end in merged(spans))


def length_ms(spans: Iterable[Span]) -> int:
    """Return how long spans are together, counting what overlaps once."""
    return sum(end - begin for begin, end in merged(spans))
