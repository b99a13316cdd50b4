"""Redacted stretches of a recording, from the session's facts and the parts' marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from balint_desktop.domain.part_marks import RedactionMark, RedactionUndoneMark
from balint_desktop.domain.session.recording_view import RecordingView, Span, clipped_spans, merged_spans
from balint_desktop.recordings.timeline import STRIKE_MARGIN_S
from balint_desktop.sealed.part_facts import PartFacts, PartRedaction

# A packet is decoded from the state before it. A fresh decoder converges within 80 ms (RFC 7845, section 4.6), and
# by then a packet reveals next to nothing of the sound before it. The margin alone is six times that; the 80 ms come on
# top, so that the stored sound resumes later than the app itself would play it.
_CONVERGES_S = 0.08
# Lengths are stored in milliseconds, in several places.
_EXACT_S = 0.01


def redacted_spans(view: RecordingView, parts: Mapping[int, PartFacts | None]) -> tuple[Span, ...]:
    """Return all redacted spans, in session seconds, without overlaps.

    A redaction is in the session's facts and, at nearly the same moment, a mark in the part, which applies if the log
    is lost.
    """
    marked = (span for part, facts in parts.items() for span in _marked(facts, part_begin_s(part, facts, view)))
    return merged_spans((*view.redacted, *marked))


def counted_spans(view: RecordingView, parts: Mapping[int, PartFacts | None]) -> tuple[Span, ...]:
    """Return redacted spans for counting: if a redaction is in facts and marks, the facts give its length.

    So does the session's record, and the two name one number for one act.
    """
    marked = (span for part, facts in parts.items() for span in _marked(facts, part_begin_s(part, facts, view)))
    alone = (span for span in marked if 2 * span_seconds(clipped_spans(view.redacted, span)) < span_seconds((span,)))
    return merged_spans((*view.redacted, *alone))


def part_begin_s(part: int, facts: PartFacts | None, view: RecordingView) -> float:
    """Return a part's start, in session seconds."""
    starts = (p.span.from_s for p in view.parts if p.part == part)
    return next(starts, facts.offset_s if facts is not None else 0.0)


def spans_to_redact(spans: Iterable[Span], begin_s: float, seconds: float | None) -> tuple[PartRedaction, ...]:
    """Return the spans to silence in a part, in its own seconds, with a margin. `seconds` is None if unknown.

    The margin matters on its own: a part's start is known to half a second, so sound redacted just before it
    may be inside the part.
    """
    end_s = float("inf") if seconds is None else seconds
    found: list[PartRedaction] = []
    for span in sorted(spans, key=lambda s: s.from_s):
        until_s = end_s if span.until_s is None else span.until_s - begin_s + STRIKE_MARGIN_S + _CONVERGES_S
        cut = PartRedaction(max(0.0, span.from_s - begin_s - STRIKE_MARGIN_S), min(end_s, until_s))
        if cut.until_s <= cut.from_s:
            continue
        if found and cut.from_s <= found[-1].until_s:
            cut = PartRedaction(found[-1].from_s, max(found.pop().until_s, cut.until_s))
        found.append(cut)
    return tuple(PartRedaction(round(cut.from_s, 3), round(cut.until_s, 3)) for cut in found)


def span_seconds(spans: Iterable[Span]) -> float:
    """Return the total length of closed spans, overlaps counted once."""
    return sum(span.until_s - span.from_s for span in merged_spans(spans) if span.until_s is not None)


def is_redacted(wanted: Sequence[PartRedaction], facts: PartFacts | None) -> bool:
    """Return whether a part's facts record all of these spans as removed."""
    done = facts.cut if facts is not None else ()
    return all(
        any(cut.from_s - _EXACT_S <= one.from_s and one.until_s <= cut.until_s + _EXACT_S for cut in done)
        for one in wanted
    )


def _marked(facts: PartFacts | None, begin_s: float) -> Iterable[Span]:
    spans: list[Span] = []
    for placed in facts.marks if facts is not None else ():
        if isinstance(placed.mark, RedactionMark):
            at_s = begin_s + placed.at_s
            spans.append(Span(max(0.0, at_s - placed.mark.seconds), at_s))
        elif isinstance(placed.mark, RedactionUndoneMark) and spans:
            spans.pop()
    return spans
