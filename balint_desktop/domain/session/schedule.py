"""Every figure the room shows, as pure functions of the session's state and the time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session.fixed_marks import Mark, next_of
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.session.state import SessionState, elapsed_s, planned_end_s
from balint_desktop.domain.values import RecordingState

# A leader speaks before clicking, so the words for the next transition are shown this long before its time.
TRANSITION_S = 120
# A slip is noticed at once, and the sound itself is removed only after the session.
UNDO_REDACTION_S = 10.0
# A recording still running this long past the end stops automatically, since it would capture strangers.
FORGOTTEN_S = 30 * 60


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase's start and end in seconds of the session: actual, or as now planned."""

    phase: int
    from_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class Countdown:
    """The countdown: minutes until the next mark, or past it where `over` is set."""

    mark: Mark
    minutes: int
    over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: the phase it leads to (None ends the session), when it is planned, and whether it is near."""

    phase: int | None
    planned_s: float
    is_near: bool


def next_mark(state: SessionState) -> Mark:
    """Return the next mark after the current phase; the end of the session is the last."""
    return next_of(state.marks, state.phase)


def countdown(state: SessionState, now: Instant) -> Countdown:
    """Return the countdown. It shows 1 during the last minute, and counts whole minutes past the mark."""
    mark = next_mark(state)
    left_s = mark.at_s - elapsed_s(state, now)
    if left_s > 0:
        # Rounded first: a float sum a millionth over fifteen minutes must not show sixteen.
        return Countdown(mark, max(1, math.ceil(round(left_s, 3) / 60)), over=False)
    return Countdown(mark, math.floor(-left_s / 60), over=True)


def plan(state: SessionState, now: Instant) -> tuple[PlannedPhase, ...]:
    """Return all phases without gaps: past ones with actual times, the current one, the rest as now planned.

    A phase that runs over lasts until now, and the next begins now. The last lasts until the end of the
    session, however short that leaves it. After the end nothing more is planned.
    """
    track = [PlannedPhase(entry.phase, entry.at_s, after.at_s) for entry, after in pairwise(state.entries)]
    from_s = state.entered_s
    for index in range(state.phase, len(state.format.phases)):
        until_s = max(from_s, _track_end_s(state, index, from_s, now))
        track.append(PlannedPhase(index, from_s, until_s))
        from_s = until_s
    return tuple(track)


def _track_end_s(state: SessionState, index: int, from_s: float, now: Instant) -> float:
    if state.ended_s is not None:
        return state.ended_s
    last = index == len(state.format.phases) - 1
    until_s = state.end.at_s if last else planned_end_s(state, index, from_s)
    return max(until_s, elapsed_s(state, now)) if index == state.phase else until_s


def phase_end_s(state: SessionState) -> float:
    """Return when the current phase is planned to end, in seconds of the session."""
    return planned_end_s(state, state.phase, state.entered_s)


def next_step(state: SessionState, now: Instant) -> Step:
    """Return the next step."""
    planned_s = phase_end_s(state)
    near = planned_s - elapsed_s(state, now) <= TRANSITION_S
    last = state.phase == len(state.format.phases) - 1
    return Step(None if last else state.phase + 1, planned_s, near)


def over_s(state: SessionState, now: Instant) -> float:
    """Return how long the current phase has run over its planned end; 0 while it has not."""
    return max(0.0, elapsed_s(state, now) - phase_end_s(state))


def presenter_out(state: SessionState) -> bool:
    """Return whether the presenter is listening in silence now."""
    return state.format.phases[state.phase].presenter_out


def presenter_still_in(state: SessionState, now: Instant) -> bool:
    """Return whether the presenter reminder is due: the time is reached and the presenter is still in the circle.

    In the study's hour that is 20:00, after which the group has less than 25 minutes before 45:00. Where that
    mark was moved, the reminder moves with it.
    """
    first_out = next((i for i, p in enumerate(state.format.phases) if p.presenter_out), None)
    planned_s = state.format.note_presenter_in_s
    if planned_s is None or first_out is None or state.phase >= first_out:
        return False
    mark = next_mark(state)
    return elapsed_s(state, now) >= planned_s + mark.at_s - mark.planned_s


def redaction_to_undo(state: SessionState, now: Instant) -> Span | None:
    """Return the redaction that can still be undone: made a moment ago, in the part being written, and off since."""
    recording = state.recording
    if not recording.redacted or recording.state is not RecordingState.PAUSED:
        return None
    span = recording.redacted[-1]
    made_s = span.until_s if span.until_s is not None else 0.0
    is_recent = elapsed_s(state, now) - made_s <= UNDO_REDACTION_S
    return span if is_recent and made_s >= recording.parts[-1].span.from_s else None


def is_forgotten(state: SessionState, now: Instant) -> bool:
    """Return whether a recording has run so long past the end that it must stop."""
    end_s = state.end.at_s if state.ended_s is None else max(state.end.at_s, state.ended_s)
    return elapsed_s(state, now) - end_s >= FORGOTTEN_S


def wall_time(state: SessionState, at_s: float, now: Instant) -> float:
    """Return the wall time (seconds since 1970) of a point of the session, by the current system clock."""
    return now.wall + at_s - elapsed_s(state, now)
