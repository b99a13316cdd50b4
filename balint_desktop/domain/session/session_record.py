"""The record of one session, computed from its facts, for the Log and for exports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay
from balint_desktop.domain.session.debrief import Debrief, Destroyed, SessionSetting
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.recording_view import recorded_redactions
from balint_desktop.domain.session.state import OnScreen, SessionState, replay
from balint_desktop.domain.session.summary import began_wall, by_number, until
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId


class GapKind(StrEnum):
    """Reason for a gap in the session."""

    NOT_RECORDED = "not-recorded"
    APP_AWAY = "app-away"


@dataclass(frozen=True, slots=True)
class SessionGap:
    """A missing span of the session, in its seconds."""

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
    """A span of an evaluation session on one core question, in its seconds.

    A question that was revisited has a span for each visit. `until_s` is None where the session was not ended.
    """

    number: int
    text: str
    from_s: float
    until_s: float | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The log's data on the recording. `seconds` is from its first second to its last, silences included.

    Only the total paused time is given, not when or how often, since a pause may reflect a person's distress.
    `has_call` is whether what the computer played was recorded as well.
    """

    id: RecordingId | None
    seconds: float
    off_record_s: float
    redacted_s: float
    destroyed: Destroyed | None = None
    has_call: bool = False


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as the log shows it. Codes only; no chips, no one who asked for a pause, no one's distress.

    `entered_wall` is the time of entry, for a session held without the laptop: then there are no phase times. Fields in
    `corrected` have their corrected value; phase times stay as the clock ran.
    """

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
    gaps: tuple[SessionGap, ...]
    recording: Recorded | None
    debrief: Debrief
    questions: tuple[QuestionTimes, ...] = ()
    prompts: tuple[OnScreen, ...] = ()
    online: bool = False
    entered_wall: float | None = None
    corrected: tuple[Field, ...] = ()
    revision: int = 1
    closed: bool = True

    @property
    def current_values(self) -> dict[Field, Any]:
        """Return the record's value of each field that can be corrected."""
        return {
            Field.NUMBER: self.setting.number,
            Field.KIND: self.setting.kind,
            Field.BEGAN: self.began_wall,
            Field.LASTED: self.ended_s,
            Field.PRESENT: self.present,
            Field.PRESENTERS: dict(self.presenters),
            Field.ONLINE: self.online,
            Field.PROCESS_NOTE: self.debrief.process_note,
        }

    @property
    def cases(self) -> int:
        """Return the number of cases presented: accreditation counts sessions and cases separately."""
        return len(self.presenters)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One session as the log stores it, with its facts in order, and its group's name."""

    id: SessionId
    group: str
    setting: SessionSetting
    facts: tuple[f.Fact, ...] = field(default=(), repr=False)
    prompts_shown: int = 0
    debrief: Debrief = field(default_factory=Debrief)
    destroyed: Destroyed | None = None
    overlay: Overlay = field(default_factory=Overlay)
    entered_wall: float | None = None
    corrected: tuple[Field, ...] = ()
    revision: int = 1
    closed: bool = True

    def state(self) -> SessionState:
        """Return the session's state at its last fact, by the format stored with it."""
        return replay(parse_format(self.setting.format_text), self.facts)

    @property
    def began_wall(self) -> float | None:
        """Return the start (seconds since 1970), None where the clock never started."""
        began: float | None = self.overlay.over(Field.BEGAN, began_wall(self.facts))
        return began


def session_record(kept: StoredSession) -> SessionRecord:
    """Build a session's record from its row in the log and its facts."""
    state = kept.state()
    over = kept.overlay.over
    return SessionRecord(
        id=kept.id,
        group=kept.group,
        setting=kept.setting,
        format_name=state.format.name,
        began_wall=kept.began_wall,
        planned_s=state.format.length_s,
        ended_s=over(Field.LASTED, state.ended_s),
        end_moved_to_s=None if state.end.at_s == state.end.planned_s else state.end.at_s,
        time_guessed=state.guessed,
        phases=() if kept.entered_wall is not None else _phases(state),
        present=over(Field.PRESENT, by_number(state.attended)),
        presenters=tuple(sorted(over(Field.PRESENTERS, state.presenters).items())),
        prompts_shown=kept.prompts_shown,
        gaps=_gaps(state),
        recording=_recorded(state, kept.destroyed),
        debrief=kept.debrief,
        questions=_questions(state),
        prompts=tuple(dict.fromkeys(state.prompts)),
        online=over(Field.ONLINE, state.format.online),
        entered_wall=kept.entered_wall,
        corrected=kept.corrected,
        revision=kept.revision,
        closed=kept.closed,
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
    """Return the span of each question: until the next one, or the next phase, or the end."""
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


def _gaps(state: SessionState) -> tuple[SessionGap, ...]:
    lost = (SessionGap(GapKind.NOT_RECORDED, s.from_s, until(s, state)) for s in state.recording.lost)
    away = (SessionGap(GapKind.APP_AWAY, s.from_s, until(s, state)) for s in state.away)
    return tuple(sorted((*lost, *away), key=lambda gap: (gap.from_s, gap.kind)))


def _recorded(state: SessionState, destroyed: Destroyed | None) -> Recorded | None:
    view = state.recording
    if not view.parts:
        return None
    from_s = view.parts[0].span.from_s
    return Recorded(
        id=view.id,
        seconds=max(until(part.span, state) for part in view.parts) - from_s,
        off_record_s=sum(until(s, state) - s.from_s for s in view.off_record),
        redacted_s=sum(until(s, state) - s.from_s for s in recorded_redactions(view)),
        destroyed=destroyed,
        has_call=any(part.has_computer for part in view.parts),
    )
