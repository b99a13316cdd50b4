"""The state of a session, computed from its facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import recording_view
from balint_desktop.domain.session.facts import NotNow
from balint_desktop.domain.session.fixed_marks import Mark, end_by, marks_of, moved, next_of, unadjusted_end_s
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.session.recording_view import RecordedPart, RecordingView, Span
from balint_desktop.domain.values import MarkKind, ParticipantCode

__all__ = [
    "Entry",
    "Moment",
    "NotNow",
    "OnScreen",
    "QuestionTurn",
    "RecordedPart",
    "RecordingView",
    "SessionState",
    "Span",
    "apply",
    "elapsed_s",
    "new_session",
    "planned_end_s",
    "replay",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry into a phase, in seconds of the session."""

    phase: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A marked moment, in seconds of the session."""

    at_s: float
    mark: MarkKind


@dataclass(frozen=True, slots=True)
class QuestionTurn:
    """The move to a core question (1 upwards), in seconds of the session."""

    question: int
    at_s: float


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A prompt deck that was on, and whether prompts based on the study's findings were enabled."""

    deck: str
    themes: bool


@dataclass(frozen=True, slots=True)
class SessionState:
    """The session's state at its last fact. Figures for later moments are computed in `schedule`.

    `anchor` is the moment of that fact and `anchor_s` the session's time then. `guessed` is set where a reboot lay
    between two facts, so that only wall time connects them and the facilitator may want to correct it. Of observers
    who came during the session, `observers_agree` is whether those in the room agree to being recorded, and
    `observer_refused` whether anyone came at any time who had not.
    """

    format: SessionFormat
    marks: tuple[Mark, ...]
    anchor: Instant | None = None
    anchor_s: float = 0.0
    guessed: bool = False
    entries: tuple[Entry, ...] = ()
    can_undo_step: bool = False
    adjusted_s: Mapping[int, float] = field(default_factory=dict)
    has_finish_time: bool = False
    present: frozenset[ParticipantCode] = frozenset()
    attended: frozenset[ParticipantCode] = frozenset()
    observer_here: bool = False
    observers_agree: bool = True
    observer_refused: bool = False
    presenters: Mapping[int, ParticipantCode] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    asked: tuple[QuestionTurn, ...] = ()
    prompts: tuple[OnScreen, ...] = ()
    away: tuple[Span, ...] = ()
    recording: RecordingView = field(default_factory=RecordingView)
    ended_s: float | None = None

    @property
    def has_begun(self) -> bool:
        """Return whether the session's clock has been started."""
        return bool(self.entries)

    @property
    def phase(self) -> int:
        """Return the index of the current phase, 0 before the beginning."""
        return self.entries[-1].phase if self.entries else 0

    @property
    def entered_s(self) -> float:
        """Return when the current phase was entered, in seconds of the session."""
        return self.entries[-1].at_s if self.entries else 0.0

    @property
    def question(self) -> int | None:
        """Return the number of the current core question, None where none was chosen."""
        return self.asked[-1].question if self.asked else None

    @property
    def end(self) -> Mark:
        """Return the mark at which the session is over."""
        return self.marks[-1]


def elapsed_s(state: SessionState, now: Instant) -> float:
    """Return the session's time in seconds at that moment. It never runs backwards."""
    if state.anchor is None:
        return 0.0
    return state.anchor_s + max(0.0, now.seconds_since(state.anchor))


def planned_end_s(state: SessionState, phase: int, from_s: float) -> float:
    """Return the planned end of a phase that begins then, never past the next mark."""
    end_s = unadjusted_end_s(state.format, state.marks, phase, from_s) + state.adjusted_s.get(phase, 0.0)
    return max(from_s, min(end_s, next_of(state.marks, phase).at_s))


def new_session(session_format: SessionFormat) -> SessionState:
    """Return the state before the clock starts."""
    return SessionState(format=session_format, marks=marks_of(session_format))


def replay(session_format: SessionFormat, facts: Iterable[f.Fact]) -> SessionState:
    """Compute a session's state from all its facts, as after a crash."""
    state = new_session(session_format)
    for fact in facts:
        state = apply(state, fact)
    return state


def apply(state: SessionState, fact: f.Fact) -> SessionState:
    """Return the state after one more fact. Raise NotNow where the fact is not allowed in this state."""
    if not state.has_begun and not isinstance(fact, f.Began):
        raise NotNow(f"{fact.kind} before the session began")
    if state.anchor is None:
        return _follow(fact, replace(state, anchor=fact.at), 0.0)
    since_s = fact.at.seconds_since(state.anchor)
    if not fact.at.same_boot(state.anchor):
        # Only wall time connects two boots, and may have been set back meanwhile: the session never runs backwards.
        now_s = state.anchor_s + max(0.0, since_s)
        return _follow(fact, replace(state, anchor=fact.at, anchor_s=now_s, guessed=True), now_s)
    if since_s < 0:
        # A fact that is reported late (sound began before the recorder could report it) does not move the anchor.
        return _follow(fact, state, max(0.0, state.anchor_s + since_s))
    now_s = state.anchor_s + since_s
    return _follow(fact, replace(state, anchor=fact.at, anchor_s=now_s), now_s)


def _still_on(state: SessionState) -> None:
    if state.ended_s is not None:
        raise NotNow("the session has ended")


@singledispatch
def _follow(fact: f.Fact, _state: SessionState, _now_s: float) -> SessionState:
    raise NotNow(f"unknown fact {fact.kind}")


@_follow.register
def _(fact: f.Began, state: SessionState, _now_s: float) -> SessionState:
    if state.has_begun:
        raise NotNow("the session has begun already")
    present = frozenset(fact.present)
    return replace(state, entries=(Entry(0, 0.0),), present=present, attended=present)


@_follow.register
def _(fact: f.StepTaken, state: SessionState, now_s: float) -> SessionState:
    _still_on(state)
    if fact.phase != state.phase + 1 or fact.phase >= len(state.format.phases):
        raise NotNow(f"phase {fact.phase} does not follow phase {state.phase}")
    return replace(
        state,
        entries=(*state.entries, Entry(fact.phase, max(now_s, state.entered_s))),
        can_undo_step=True,
    )


@_follow.register
def _(_fact: f.StepTakenBack, state: SessionState, _now_s: float) -> SessionState:
    _still_on(state)
    if not state.can_undo_step:
        raise NotNow("there is no step to take back")
    return replace(state, entries=state.entries[:-1], can_undo_step=False)


@_follow.register
def _(fact: f.PhaseAdjusted, state: SessionState, _now_s: float) -> SessionState:
    _still_on(state)
    # Counted from the displayed end, so that a minute less takes effect even after ten more that did not fit.
    shown_s = planned_end_s(state, state.phase, state.entered_s)
    unadjusted_s = unadjusted_end_s(state.format, state.marks, state.phase, state.entered_s)
    latest_s = max(state.entered_s, next_of(state.marks, state.phase).at_s)
    end_s = min(max(state.entered_s, shown_s + fact.seconds), latest_s)
    return replace(state, adjusted_s={**state.adjusted_s, state.phase: end_s - unadjusted_s})


@_follow.register
def _(fact: f.Extended, state: SessionState, _now_s: float) -> SessionState:
    _still_on(state)
    return replace(state, marks=moved(state.marks, state.phase, fact.seconds))


@_follow.register
def _(fact: f.BeganEarlier, state: SessionState, _now_s: float) -> SessionState:
    by = fact.seconds
    if state.anchor_s + by < 0:
        raise NotNow("the session cannot begin after this moment")
    shifted = replace(
        state,
        anchor_s=state.anchor_s + by,
        guessed=False,
        entries=tuple(e if e.phase == 0 else Entry(e.phase, max(0.0, e.at_s + by)) for e in state.entries),
        moments=tuple(Moment(m.at_s + by, m.mark) for m in state.moments),
        asked=tuple(QuestionTurn(a.question, max(0.0, a.at_s + by)) for a in state.asked),
        away=recording_view.shifted_spans(state.away, by),
        recording=recording_view.with_shift(state.recording, by),
        ended_s=None if state.ended_s is None else state.ended_s + by,
    )
    # "Out by 15:00" is a wall time, so it stays fixed to the wall clock.
    if not state.has_finish_time:
        return shifted
    return replace(shifted, marks=end_by(state.marks, state.phase, state.end.at_s + by))


@_follow.register
def _(fact: f.OutBy, state: SessionState, now_s: float) -> SessionState:
    _still_on(state)
    end_s = now_s + (fact.wall - fact.at.wall)
    if end_s <= now_s:
        raise NotNow("that time has passed")
    return replace(state, marks=end_by(state.marks, state.phase, end_s), has_finish_time=True)


@_follow.register
def _(fact: f.PresenterChosen, state: SessionState, _now_s: float) -> SessionState:
    if not 1 <= fact.case <= max(1, state.format.cases):
        raise NotNow(f"the format has no case {fact.case}")
    presenters = dict(state.presenters)
    if fact.code is None:
        presenters.pop(fact.case, None)
    else:
        presenters[fact.case] = fact.code
    return replace(state, presenters=presenters)


@_follow.register
def _(fact: f.Arrived, state: SessionState, _now_s: float) -> SessionState:
    return replace(state, present=state.present | {fact.code}, attended=state.attended | {fact.code})


@_follow.register
def _(fact: f.Left, state: SessionState, _now_s: float) -> SessionState:
    if fact.code not in state.present:
        raise NotNow(f"{fact.code} is not in the room")
    return replace(state, present=state.present - {fact.code})


@_follow.register
def _(fact: f.ObserverArrived, state: SessionState, _now_s: float) -> SessionState:
    refused = state.observer_refused or not fact.agreed
    return replace(state, observer_here=True, observers_agree=fact.agreed, observer_refused=refused)


@_follow.register
def _(_fact: f.ObserverLeft, state: SessionState, _now_s: float) -> SessionState:
    if not state.observer_here:
        raise NotNow("no observer is in the room")
    return replace(state, observer_here=False, observers_agree=True)


@_follow.register
def _(fact: f.Marked, state: SessionState, now_s: float) -> SessionState:
    return replace(state, moments=(*state.moments, Moment(now_s, fact.mark)))


@_follow.register
def _(fact: f.QuestionAsked, state: SessionState, now_s: float) -> SessionState:
    _still_on(state)
    if not 1 <= fact.question <= len(state.format.questions):
        raise NotNow(f"the format has no question {fact.question}")
    if state.question == fact.question:
        raise NotNow(f"the talk is with question {fact.question} already")
    return replace(state, asked=(*state.asked, QuestionTurn(fact.question, now_s)))


@_follow.register
def _(_fact: f.QuestionTakenBack, state: SessionState, _now_s: float) -> SessionState:
    if not state.asked:
        raise NotNow("there is no question to take back")
    return replace(state, asked=state.asked[:-1])


@_follow.register
def _(fact: f.PromptsOn, state: SessionState, _now_s: float) -> SessionState:
    return replace(state, prompts=(*state.prompts, OnScreen(fact.deck, fact.themes)))


@_follow.register
def _(fact: f.AppAway, state: SessionState, now_s: float) -> SessionState:
    span = Span(max(0.0, now_s - fact.seconds), now_s)
    return replace(state, away=(*state.away, span))


@_follow.register
def _(_fact: f.Ended, state: SessionState, now_s: float) -> SessionState:
    _still_on(state)
    return replace(state, ended_s=now_s, can_undo_step=False)


@_follow.register
def _(_fact: f.EndTakenBack, state: SessionState, _now_s: float) -> SessionState:
    if state.ended_s is None:
        raise NotNow("the session has not ended")
    return replace(state, ended_s=None)


# --- the recording -------------------------------------------------------------------------------------------------


@_follow.register
def _(fact: f.RecordingStarted, state: SessionState, now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_part(state.recording, fact.recording, fact.part, now_s))


@_follow.register
def _(fact: f.ComputerRecorded, state: SessionState, _now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_computer(state.recording, fact.part))


@_follow.register
def _(_fact: f.RecordingPaused, state: SessionState, now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_pause(state.recording, now_s))


@_follow.register
def _(_fact: f.RecordingResumed, state: SessionState, now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_resume(state.recording, now_s))


@_follow.register
def _(fact: f.RecordingLost, state: SessionState, now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_loss(state.recording, max(0.0, now_s - fact.seconds)))


@_follow.register
def _(fact: f.RecordingGap, state: SessionState, now_s: float) -> SessionState:
    span = Span(max(0.0, now_s - fact.seconds), now_s)
    return replace(state, recording=recording_view.with_gap(state.recording, span))


@_follow.register
def _(_fact: f.RecordingStopped, state: SessionState, now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_stop(state.recording, now_s))


@_follow.register
def _(fact: f.Redacted, state: SessionState, now_s: float) -> SessionState:
    span = Span(max(0.0, now_s - fact.seconds), now_s)
    return replace(state, recording=recording_view.with_redaction(state.recording, span))


@_follow.register
def _(_fact: f.RedactionUndone, state: SessionState, _now_s: float) -> SessionState:
    return replace(state, recording=recording_view.with_redaction_undone(state.recording))
