"""Which stretches of a recording a person has listened to, in session milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balint_desktop.domain.transcript.spans import Span, length_ms, merged, without


@dataclass(frozen=True, slots=True)
class Listened:
    """Spans that were heard: sorted, apart from each other."""

    spans: tuple[Span, ...] = ()

    def with_span(self, from_ms: int, until_ms: int) -> Listened:
        """Return this with one more span; an empty one changes nothing."""
        if until_ms <= from_ms:
            return self
        return Listened(merged((*self.spans, (from_ms, until_ms))))

    def within(self, spans: Iterable[Span]) -> int:
        """Return how many milliseconds of these spans were heard."""
        wanted = merged(spans)
        return length_ms(wanted) - length_ms(without(wanted, self.spans))

    def missing(self, spans: Iterable[Span], least_ms: int = 1_000) -> tuple[Span, ...]:
        """Return what of these spans was not heard; remainders shorter than `least_ms` are left out."""
        return without(spans, self.spans, least_ms)
