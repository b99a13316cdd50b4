"""Summary row of a session for lists, so that no list replays facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import SessionFormat, parse_format
from balint_desktop.domain.session.recording_view import Span, merged_spans
from balint_desktop.domain.session.state import NotNow, SessionState, replay
from balint_desktop.domain.values import ParticipantCode


@dataclass(frozen=True, slots=True)
class Summary:
    """Summary of one session. Seconds, and codes in order; `recorded_s` is None where nothing was recorded."""

    format_name: str
    online: bool
    began_wall: float | None
    planned_s: float
    ended_s: float | None
    presenters: tuple[ParticipantCode, ...]
    present: tuple[ParticipantCode, ...]
    missing_s: float
    recorded_s: float | None

    @property
    def cases(self) -> int:
        """Return the number of cases presented: accreditation counts sessions and cases separately."""
        return len(self.presenters)


def summarise(format_text: str, facts: Sequence[f.Fact], overlay: Overlay) -> Summary:
    """Build a session's summary. An unreadable format or fact is skipped; the rest is still used."""
    began = began_wall(facts)
    try:
        state = replay(_format(format_text), facts)
    except (FormatError, NotNow):
        return Summary("", False, overlay.over(Field.BEGAN, began), 0.0, None, (), (), 0.0, None)  # noqa: FBT003
    presenters = overlay.over(Field.PRESENTERS, state.presenters)
    return Summary(
        format_name=state.format.name,
        online=overlay.over(Field.ONLINE, state.format.online),
        began_wall=overlay.over(Field.BEGAN, began),
        planned_s=state.format.length_s,
        ended_s=overlay.over(Field.LASTED, state.ended_s),
        presenters=tuple(code for _case, code in sorted(presenters.items())),
        present=overlay.over(Field.PRESENT, by_number(state.attended)),
        missing_s=_missing_s(state),
        recorded_s=_recorded_s(state),
    )


def began_wall(facts: Sequence[f.Fact]) -> float | None:
    """Return a session's start by its facts (seconds since 1970), None where its clock never started."""
    began = next((fact.at.wall for fact in facts if isinstance(fact, f.Began)), None)
    if began is None:
        return None
    return began - sum(fact.seconds for fact in facts if isinstance(fact, f.BeganEarlier))


def by_number(codes: frozenset[ParticipantCode]) -> tuple[ParticipantCode, ...]:
    """Sort codes by number."""
    return tuple(sorted(codes, key=lambda code: int(code[1:])))


def until(span: Span, state: SessionState) -> float:
    """Return a span's end; an open span ends at the last fact."""
    return span.until_s if span.until_s is not None else max(span.from_s, state.anchor_s)


def _missing_s(state: SessionState) -> float:
    """Return how long sound or the app was missing; what was missing for both reasons is counted once."""
    closed = (Span(s.from_s, until(s, state)) for s in (*state.recording.lost, *state.away))
    return sum(until(s, state) - s.from_s for s in merged_spans(closed))


def _recorded_s(state: SessionState) -> float | None:
    parts = state.recording.parts
    return max(until(part.span, state) for part in parts) - parts[0].span.from_s if parts else None


@lru_cache(maxsize=16)
def _format(text: str) -> SessionFormat:
    return parse_format(text)
