"""Timeline of a recording: its parts on the session's clock, what plays, what is silent and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from balint_desktop.domain.session.recording_view import RecordingView, Span, shifted_spans

# A part's beginning is known to a fraction of a second, so what was struck is silenced this much more on both sides.
STRIKE_MARGIN_S = 0.5
# Shorter stretches cannot be heard, and would only clutter the list.
_LEAST_S = 0.001


class StretchKind(StrEnum):
    """What a stretch of a recording is. Only SOUND is heard."""

    SOUND = "sound"
    OFF_RECORD = "off-record"
    STRUCK = "struck"
    GAP = "gap"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PartLength:
    """One part as it is on disk: its number, where it begins on the session's clock, and how long it is.

    `damaged` are the spans of it that cannot be read any more, in seconds of the part.
    """

    part: int
    offset_s: float
    seconds: float
    damaged: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineStretch:
    """A stretch of the session, in its seconds. `part` and `part_from_s` say where its sound lies; None in a gap."""

    kind: StretchKind
    from_s: float
    until_s: float
    part: int | None = None
    part_from_s: float = 0.0

    @property
    def seconds(self) -> float:
        """Return how long the stretch is."""
        return self.until_s - self.from_s


@dataclass(frozen=True, slots=True)
class JoinedRecording:
    """A whole recording: stretches that follow each other without a hole, from its first sample to its last."""

    stretches: tuple[TimelineStretch, ...] = ()

    @property
    def from_s(self) -> float:
        """Return where the recording begins, in seconds of the session."""
        return self.stretches[0].from_s if self.stretches else 0.0

    @property
    def until_s(self) -> float:
        """Return where the recording ends, in seconds of the session."""
        return self.stretches[-1].until_s if self.stretches else 0.0

    @property
    def seconds(self) -> float:
        """Return how long the recording is, silences included."""
        return self.until_s - self.from_s

    @property
    def altered(self) -> bool:
        """Tell whether the sound is anything but one part as it was sealed."""
        return [stretch.kind for stretch in self.stretches] != [StretchKind.SOUND]

    def from_point(self, at_s: float) -> JoinedRecording:
        """Return what is left of the recording from a second of the session on."""
        left = (_cut(stretch, at_s, stretch.until_s) for stretch in self.stretches if stretch.until_s > at_s)
        return JoinedRecording(tuple(left))


def join_parts(parts: Sequence[PartLength], view: RecordingView | None = None) -> JoinedRecording:
    """Lay the parts out on the session's clock. Between them is silence; so is what was struck or off the record.

    Where the session's facts know a part's beginning they are asked, since *we began four minutes ago* moves them;
    a part's own offset stands otherwise. Parts never overlap: no sound is dropped for a small drift of two clocks.
    """
    laid = _laid_out(parts, view)
    if view is None:
        return JoinedRecording(laid)
    silenced = _silenced(laid, StretchKind.OFF_RECORD, view.off_record)
    margin = [Span(max(0.0, s.from_s - STRIKE_MARGIN_S), _later(s.until_s)) for s in view.struck]
    return JoinedRecording(_silenced(silenced, StretchKind.STRUCK, margin))


def _later(until_s: float | None) -> float | None:
    return None if until_s is None else until_s + STRIKE_MARGIN_S


def _laid_out(parts: Sequence[PartLength], view: RecordingView | None) -> tuple[TimelineStretch, ...]:
    starts = {} if view is None else {p.part: p.span.from_s for p in view.parts}
    laid: list[TimelineStretch] = []
    for part in sorted(parts, key=lambda p: p.part):
        if part.seconds < _LEAST_S:
            continue
        end_s = laid[-1].until_s if laid else None
        from_s = starts.get(part.part, part.offset_s)
        if end_s is not None:
            from_s = max(from_s, end_s)
            if from_s - end_s >= _LEAST_S:
                laid.append(TimelineStretch(StretchKind.GAP, end_s, from_s))
        whole = TimelineStretch(StretchKind.SOUND, from_s, from_s + part.seconds, part.part)
        laid += _silenced((whole,), StretchKind.DAMAGED, shifted_spans(part.damaged, from_s))
    return tuple(laid)


def _silenced(
    stretches: Iterable[TimelineStretch], kind: StretchKind, spans: Iterable[Span]
) -> tuple[TimelineStretch, ...]:
    """Return the stretches with these spans silent. A gap stays a gap."""
    result = tuple(stretches)
    for span in spans:
        result = tuple(piece for stretch in result for piece in _split(stretch, kind, span))
    return result


def _split(stretch: TimelineStretch, kind: StretchKind, span: Span) -> Iterable[TimelineStretch]:
    from_s = max(stretch.from_s, span.from_s)
    until_s = stretch.until_s if span.until_s is None else min(stretch.until_s, span.until_s)
    if stretch.kind is StretchKind.GAP or until_s <= from_s:
        return (stretch,)
    pieces = (
        _cut(stretch, stretch.from_s, from_s),
        replace(_cut(stretch, from_s, until_s), kind=kind),
        _cut(stretch, until_s, stretch.until_s),
    )
    return tuple(piece for piece in pieces if piece.seconds >= _LEAST_S)


def _cut(stretch: TimelineStretch, from_s: float, until_s: float) -> TimelineStretch:
    """Return the piece of a stretch that lies between two seconds of the session."""
    begin_s = max(stretch.from_s, from_s)
    part_from_s = stretch.part_from_s + begin_s - stretch.from_s if stretch.part is not None else 0.0
    return replace(stretch, from_s=begin_s, until_s=min(stretch.until_s, until_s), part_from_s=part_from_s)
