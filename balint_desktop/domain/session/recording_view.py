"""The recording as the facts describe it: parts, pauses, gaps, redacted stretches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from balint_desktop.domain.session.facts import NotNow
from balint_desktop.domain.values import RecordingId, RecordingState

_OFF, _RECORDING, _PAUSED = RecordingState.OFF, RecordingState.RECORDING, RecordingState.PAUSED
_LOST, _STOPPED = RecordingState.LOST, RecordingState.STOPPED


@dataclass(frozen=True, slots=True)
class Span:
    """A span of the session, in its seconds; `until_s` is None while it is open."""

    from_s: float
    until_s: float | None = None


def merged_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and merge those that touch or overlap."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: one.from_s):
        last = merged[-1] if merged else None
        if last is None or (last.until_s is not None and span.from_s > last.until_s):
            merged.append(span)
        elif last.until_s is not None and (span.until_s is None or span.until_s > last.until_s):
            merged[-1] = Span(last.from_s, span.until_s)
    return tuple(merged)


def clipped_spans(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """Return spans clipped to another one."""
    end_s = inf if within.until_s is None else within.until_s
    clipped = (
        Span(max(span.from_s, within.from_s), min(inf if span.until_s is None else span.until_s, end_s))
        for span in spans
    )
    return tuple(
        Span(span.from_s, None if span.until_s == inf else span.until_s)
        for span in clipped
        if span.until_s is not None and span.until_s > span.from_s
    )


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """One part of the recording, and the span of the session it covers.

    `has_computer` is whether what the computer played was recorded as well as the microphone.
    """

    part: int
    span: Span
    has_computer: bool = False


@dataclass(frozen=True, slots=True)
class RecordingView:
    """The recording by the facts. All times are in seconds of the session."""

    state: RecordingState = RecordingState.OFF
    id: RecordingId | None = None
    parts: tuple[RecordedPart, ...] = ()
    off_record: tuple[Span, ...] = ()
    lost: tuple[Span, ...] = ()
    redacted: tuple[Span, ...] = ()


def redacted_in(view: RecordingView, part: Span) -> tuple[Span, ...]:
    """Return what was redacted of a part, in session seconds: each second once, without margins.

    This alone says how long a redaction is, to the log, a report, an export and the message after it was cut.
    """
    return merged_spans(clipped_spans(view.redacted, part))


def recorded_redactions(view: RecordingView) -> tuple[Span, ...]:
    """Return what was redacted of the whole recording, in session seconds: each second once."""
    return merged_spans(span for part in view.parts for span in redacted_in(view, part.span))


def with_computer(view: RecordingView, part: int) -> RecordingView:
    """Return the recording with both sources in a part."""
    return replace(
        view, parts=tuple(replace(one, has_computer=one.has_computer or one.part == part) for one in view.parts)
    )


def with_part(view: RecordingView, recording: RecordingId, part: int, at_s: float) -> RecordingView:
    """Return the recording with a new part started."""
    _expect(view, _OFF, _LOST, _STOPPED)
    return replace(
        view,
        state=_RECORDING,
        id=recording,
        parts=(*view.parts, RecordedPart(part, Span(at_s))),
        lost=_closed(view.lost, at_s),
    )


def with_pause(view: RecordingView, at_s: float) -> RecordingView:
    """Return the recording, paused."""
    _expect(view, _RECORDING)
    return replace(view, state=_PAUSED, off_record=(*view.off_record, Span(at_s)))


def with_resume(view: RecordingView, at_s: float) -> RecordingView:
    """Return the recording, resumed."""
    _expect(view, _PAUSED)
    return replace(view, state=_RECORDING, off_record=_closed(view.off_record, at_s))


def with_loss(view: RecordingView, since_s: float) -> RecordingView:
    """Return the recording with its sound lost since then."""
    _expect(view, _RECORDING, _PAUSED)
    return replace(
        view,
        state=_LOST,
        parts=_parts_closed(view.parts, since_s),
        off_record=_closed(view.off_record, since_s),
        lost=(*view.lost, Span(since_s)),
    )


def with_gap(view: RecordingView, span: Span) -> RecordingView:
    """Return the recording with a gap in a part, silent since no sound arrived."""
    _expect(view, _RECORDING, _PAUSED)
    return replace(view, lost=(*view.lost, span))


def with_stop(view: RecordingView, at_s: float) -> RecordingView:
    """Return the recording, sealed."""
    _expect(view, _RECORDING, _PAUSED, _LOST)
    return replace(
        view,
        state=_STOPPED,
        parts=_parts_closed(view.parts, at_s),
        off_record=_closed(view.off_record, at_s),
        lost=_closed(view.lost, at_s),
    )


def with_redaction(view: RecordingView, span: Span) -> RecordingView:
    """Return the recording with a redacted span."""
    _expect(view, _RECORDING, _PAUSED, _LOST)
    return replace(view, redacted=(*view.redacted, span))


def with_redaction_undone(view: RecordingView) -> RecordingView:
    """Return the recording without its last redaction."""
    if not view.redacted:
        raise NotNow("nothing is redacted")
    return replace(view, redacted=view.redacted[:-1])


def with_shift(view: RecordingView, by_s: float) -> RecordingView:
    """Return the recording with all times shifted: the session's start was corrected, the sound was not."""
    return replace(
        view,
        parts=tuple(replace(p, span=shifted_spans((p.span,), by_s)[0]) for p in view.parts),
        off_record=shifted_spans(view.off_record, by_s),
        lost=shifted_spans(view.lost, by_s),
        redacted=shifted_spans(view.redacted, by_s),
    )


def shifted_spans(spans: tuple[Span, ...], by_s: float) -> tuple[Span, ...]:
    """Return spans with all times shifted."""
    return tuple(Span(s.from_s + by_s, None if s.until_s is None else s.until_s + by_s) for s in spans)


def _expect(view: RecordingView, *allowed: RecordingState) -> None:
    if view.state not in allowed:
        raise NotNow(f"the recording is {view.state}")


def _closed(spans: tuple[Span, ...], until_s: float) -> tuple[Span, ...]:
    """Return spans with the open one closed."""
    return tuple(s if s.until_s is not None else Span(s.from_s, max(s.from_s, until_s)) for s in spans)


def _parts_closed(parts: tuple[RecordedPart, ...], until_s: float) -> tuple[RecordedPart, ...]:
    return tuple(replace(p, span=_closed((p.span,), until_s)[0]) for p in parts)


def not_recorded_s(view: RecordingView) -> float:
    """Return how many seconds were lost of what was to be recorded; what is lost off the record is no loss."""
    return sum(
        span.until_s - span.from_s
        for span in view.lost
        if span.until_s is not None and not any(_reaches(off, span.from_s) for off in view.off_record)
    )


def _reaches(span: Span, at_s: float) -> bool:
    """Return whether a stretch goes on up to a moment, at which a loss ends it."""
    return span.from_s <= at_s and (span.until_s is None or at_s <= span.until_s)
