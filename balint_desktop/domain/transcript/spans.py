"""Spans of a session in whole milliseconds: merge them, subtract them."""

from __future__ import annotations

from collections.abc import Iterable

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
    for low, high in merged(spans):
        at = low
        for begin, end in covers:
            if end <= at or begin >= high:
                continue
            left.append((at, begin))
            at = max(at, end)
        left.append((at, high))
    return tuple((low, high) for low, high in left if high - low >= least_ms)


def length_ms(spans: Iterable[Span]) -> int:
    """Return how long spans are together, counting what overlaps once."""
    return sum(end - begin for begin, end in merged(spans))
