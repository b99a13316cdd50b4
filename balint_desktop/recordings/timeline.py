"""Timeline of a recording: its parts on the session's clock, what plays, what is silent and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from balint_desktop.domain.session.recording_view import RecordingView, Span, shifted_spans

# A part's start is known to a fraction of a second, so redacted stretches are silenced this much more on both sides.
STRIKE_MARGIN_S = 0.5
# Shorter stretches are inaudible, and would only clutter the list.
_LEAST_S = 0.001


class StretchKind(StrEnum):
    """Kind of a stretch of a recording. Only SOUND is audible."""

    SOUND = "sound"
    OFF_RECORD = "off-record"
    STRUCK = "struck"
    GAP = "gap"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PartLength:
    """One part on disk: its number, its start in session seconds, and its length.

    `damaged` are its unreadable spans, in seconds of the part.
    """

    part: int
    offset_s: float
    seconds: float
    damaged: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineStretch:
    """A stretch in session seconds. `part` and `part_from_s` locate its sound; None in a gap."""

    kind: StretchKind
    from_s: float
    until_s: float
    part: int | None = None
    part_from_s: float = 0.0

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return self.until_s - self.from_s


@dataclass(frozen=True, slots=True)
class JoinedRecording:
    """A whole recording: contiguous stretches from its first sample to its last."""

    stretches: tuple[TimelineStretch, ...] = ()

    @property
    def from_s(self) -> float:
        """Return the start of the recording, in session seconds."""
        return self.stretches[0].from_s if self.stretches else 0.0

    @property
    def until_s(self) -> float:
        """Return the end of the recording, in session seconds."""
        return self.stretches[-1].until_s if self.stretches else 0.0

    @property
    def seconds(self) -> float:
        """Return the length of the recording, silences included."""
        return self.until_s - self.from_s

    @property
    def altered(self) -> bool:
        """Return whether the audio differs from a single part as it was sealed."""
        return [stretch.kind for stretch in self.stretches] != [StretchKind.SOUND]

    def from_point(self, at_s: float) -> JoinedRecording:
        """Return the rest of the recording from a position in session seconds."""
        left = (_clip(stretch, at_s, stretch.until_s) for stretch in self.stretches if stretch.until_s > at_s)
        return JoinedRecording(tuple(left))


def join_parts(parts: Sequence[PartLength], view: RecordingView | None = None) -> JoinedRecording:
    """Place the parts on the session's clock. Gaps, redactions and pauses between them are silent.

    The session's facts give a part's start if known, since *we began four minutes ago* moves them;
    otherwise the part's own offset does. Parts never overlap: no sound is dropped for a small drift of two clocks.
    """
    placed = _place_parts(parts, view)
    if view is None:
        return JoinedRecording(placed)
    silenced = _silenced(placed, StretchKind.OFF_RECORD, view.off_record)
    margin = [Span(max(0.0, s.from_s - STRIKE_MARGIN_S), _later(s.until_s)) for s in view.redacted]
    return JoinedRecording(_silenced(silenced, StretchKind.STRUCK, margin))


def _later(until_s: float | None) -> float | None:
    return None if until_s is None else until_s + STRIKE_MARGIN_S


def _place_parts(parts: Sequence[PartLength], view: RecordingView | None) -> tuple[TimelineStretch, ...]:
    starts = {} if view is None else {p.part: p.span.from_s for p in view.parts}
    stretches: list[TimelineStretch] = []
    for part in sorted(parts, key=lambda p: p.part):
        if part.seconds < _LEAST_S:
            continue
        end_s = stretches[-1].until_s if stretches else None
        from_s = starts.get(part.part, part.offset_s)
        if end_s is not None:
            from_s = max(from_s, end_s)
            if from_s - end_s >= _LEAST_S:
                stretches.append(TimelineStretch(StretchKind.GAP, end_s, from_s))
        whole = TimelineStretch(StretchKind.SOUND, from_s, from_s + part.seconds, part.part)
        stretches += _silenced((whole,), StretchKind.DAMAGED, shifted_spans(part.damaged, from_s))
    return tuple(stretches)


def _silenced(
    stretches: Iterable[TimelineStretch], kind: StretchKind, spans: Iterable[Span]
) -> tuple[TimelineStretch, ...]:
    """Return the stretches with these spans silenced. A gap stays a gap."""
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
        _clip(stretch, stretch.from_s, from_s),
        replace(_clip(stretch, from_s, until_s), kind=kind),
        _clip(stretch, until_s, stretch.until_s),
    )
    return tuple(piece for piece in pieces if piece.seconds >= _LEAST_S)


def _clip(stretch: TimelineStretch, from_s: float, until_s: float) -> TimelineStretch:
    """Return the piece of a stretch between two session seconds."""
    begin_s = max(stretch.from_s, from_s)
    part_from_s = stretch.part_from_s + begin_s - stretch.from_s if stretch.part is not None else 0.0
    return replace(stretch, from_s=begin_s, until_s=min(stretch.until_s, until_s), part_from_s=part_from_s)
