"""What the log shows of one session, computed from its facts: the page, and what is taken out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain import facts as f
from balint_desktop.domain.formats import parse_format
from balint_desktop.domain.recording_view import Span
from balint_desktop.domain.records import Debrief, Destroyed, SessionSetting
from balint_desktop.domain.session import SessionState, replay
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId


class GapKind(StrEnum):
    """Why something of the session is missing."""

    NOT_RECORDED = "not-recorded"
    APP_AWAY = "app-away"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the session that is missing, in its seconds."""

    kind: GapKind
    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class PhaseTimes:
    """One phase: its planned times by the format, and the actual ones; None where it was not reached."""

    label: str
    planned_from_s: int
    planned_until_s: int
    from_s: float | None
    until_s: float | None


@dataclass(frozen=True, slots=True)
class QuestionTimes:
    """A stretch of an evaluation session that turned round one core question, in its seconds.

    A question that was come back to has a stretch for each time. `until_s` is None where the session was left.
    """

    number: int
    text: str
    from_s: float
    until_s: float | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the log says of the recording. `seconds` is from its first second to its last, silences included.

    How long it was off the record is told in all; when and how often is not, since a pause may be somebody's distress.
    """

    id: RecordingId | None
    seconds: float
    off_record_s: float
    struck_s: float
    destroyed: Destroyed | None = None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as the log shows it. Codes alone; no chips, no askers for a pause, nobody's distress."""

    id: SessionId
    group: str
    setting: SessionSetting
    format_name: str
    began_wall: float | None
    planned_s: int
    ended_s: float | None
    end_moved_to_s: float | None
    time_guessed: bool
    phases: tuple[PhaseTimes, ...]
    present: tuple[ParticipantCode, ...]
    presenters: tuple[tuple[int, ParticipantCode], ...]
    prompts_shown: int
    gaps: tuple[Gap, ...]
    recording: Recorded | None
    debrief: Debrief
    questions: tuple[QuestionTimes, ...] = ()

    @property
    def cases(self) -> int:
        """Return how many cases were told: accreditation counts sessions and cases separately."""
        return len(self.presenters)


@dataclass(frozen=True, slots=True)
class KeptSession:
    """One session as the log keeps it, with the facts in the order they happened, and its group's name."""

    id: SessionId
    group: str
    setting: SessionSetting
    facts: tuple[f.Fact, ...] = field(default=(), repr=False)
    prompts_shown: int = 0
    debrief: Debrief = field(default_factory=Debrief)
    destroyed: Destroyed | None = None

    def state(self) -> SessionState:
        """Return where the session stood at its last fact, in the format as it was then."""
        return replay(parse_format(self.setting.format_text), self.facts)

    @property
    def began_wall(self) -> float | None:
        """Return when it began (seconds since 1970), None where its clock never started."""
        began = next((fact.at.wall for fact in self.facts if isinstance(fact, f.Began)), None)
        if began is None:
            return None
        return began - sum(fact.seconds for fact in self.facts if isinstance(fact, f.BeganEarlier))


def session_record(kept: KeptSession) -> SessionRecord:
    """Return what is shown of a session, from its row in the log and its facts."""
    state = kept.state()
    return SessionRecord(
        id=kept.id,
        group=kept.group,
        setting=kept.setting,
        format_name=state.format.name,
        began_wall=kept.began_wall,
        planned_s=state.format.length_s,
        ended_s=state.ended_s,
        end_moved_to_s=None if state.end.at_s == state.end.planned_s else state.end.at_s,
        time_guessed=state.guessed,
        phases=_phases(state),
        present=tuple(sorted(state.attended, key=_by_number)),
        presenters=tuple(sorted(state.presenters.items())),
        prompts_shown=kept.prompts_shown,
        gaps=_gaps(state),
        recording=_recorded(state, kept.destroyed),
        debrief=kept.debrief,
        questions=_questions(state),
    )


def _phases(state: SessionState) -> tuple[PhaseTimes, ...]:
    entered = {entry.phase: entry.at_s for entry in state.entries}
    return tuple(
        PhaseTimes(
            label=phase.label,
            planned_from_s=phase.from_s,
            planned_until_s=phase.until_s,
            from_s=entered.get(index),
            until_s=entered.get(index + 1, state.ended_s if index in entered else None),
        )
        for index, phase in enumerate(state.format.phases)
    )


def _questions(state: SessionState) -> tuple[QuestionTimes, ...]:
    """Return the stretch of each question: until the next one, or the next phase, or the end."""
    ends = [entry.at_s for entry in state.entries] + ([state.ended_s] if state.ended_s is not None else [])
    begins = [asked.at_s for asked in state.asked]
    return tuple(
        QuestionTimes(
            number=asked.question,
            text=state.format.questions[asked.question - 1].text,
            from_s=asked.at_s,
            until_s=min(
                (at_s for at_s in (*begins[index + 1 :], *(end_s for end_s in ends if end_s > asked.at_s))),
                default=None,
            ),
        )
        for index, asked in enumerate(state.asked)
    )


def _by_number(code: ParticipantCode) -> int:
    return int(code[1:])


def _gaps(state: SessionState) -> tuple[Gap, ...]:
    lost = (Gap(GapKind.NOT_RECORDED, s.from_s, _until(s, state)) for s in state.recording.lost)
    away = (Gap(GapKind.APP_AWAY, s.from_s, _until(s, state)) for s in state.away)
    return tuple(sorted((*lost, *away), key=lambda gap: (gap.from_s, gap.kind)))


def _recorded(state: SessionState, destroyed: Destroyed | None) -> Recorded | None:
    view = state.recording
    if not view.parts:
        return None
    from_s = view.parts[0].span.from_s
    return Recorded(
        id=view.id,
        seconds=max(_until(part.span, state) for part in view.parts) - from_s,
        off_record_s=sum(_until(s, state) - s.from_s for s in view.off_record),
        struck_s=sum(_until(s, state) - s.from_s for s in view.struck),
        destroyed=destroyed,
    )


def _until(span: Span, state: SessionState) -> float:
    """Return a span's end; one that still lasts has lasted until the last fact."""
    return span.until_s if span.until_s is not None else max(span.from_s, state.anchor_s)
