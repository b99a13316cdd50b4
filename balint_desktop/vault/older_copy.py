"""Rebuild the session of a sealed copy made by an earlier version, which holds the parts' own facts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from balint_desktop.domain import part_marks as m
from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import MAX_NUMBER, Field
from balint_desktop.domain.session.formats import SessionFormat, parse_format
from balint_desktop.domain.session.state import NotNow, apply, new_session
from balint_desktop.domain.study.retention import checked_event
from balint_desktop.domain.study.shared_session import SharedPart, SharedSession
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionId, SessionKind, new_id
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.vault.shared_copy import FoundCopy

_BOOT = "elsewhere-1"
_NOON = time(12)
# The code of the trouble by which a part ended that another one follows.
_WHY = "recorder-died"


@dataclass(frozen=True, slots=True)
class TypedSession:
    """What a copy of an earlier version does not say: the session's number and day."""

    number: int
    day: date


def typed_session(number: int, day: date, today: date) -> TypedSession:
    """Return what was typed, if a session can have it. Raise Trouble VALUE_IMPOSSIBLE, DAY_TO_COME."""
    if not 1 <= number <= MAX_NUMBER:
        raise Trouble(TroubleCode.VALUE_IMPOSSIBLE, name=Field.NUMBER)
    return TypedSession(number, checked_event(day, today))


def rebuild_session(found: FoundCopy, typed: TypedSession, formats: Sequence[tuple[str, str]]) -> SharedSession:
    """Return a session as the parts' marks tell it. `formats` are the keys and texts to choose from, the usual first.

    Nobody is known to have been there, and no use is known to be agreed to: it can be played, and no more.
    """
    kind = SessionKind.EVALUATION if _is_evaluation(found.facts.values()) else SessionKind.CASE
    key, text = _fitting(found.facts, [(key, text) for key, text in formats if parse_format(text).kind is kind])
    return SharedSession(
        recording=found.recording,
        session=SessionId(new_id()),
        group=GroupId(new_id()),
        number=typed.number,
        kind=kind,
        format_key=key,
        format_text=text,
        facts=_facts(found.recording, found.facts, parse_format(text), typed.day),
        parts=tuple(
            SharedPart(part, facts.seconds, facts.sha256)
            for part, facts in sorted(found.facts.items())
            if facts.closed and facts.sha256 is not None
        ),
    )


def _is_evaluation(parts: Iterable[PartFacts]) -> bool:
    return any(placed.mark == m.SessionKindMark(SessionKind.EVALUATION) for facts in parts for placed in facts.marks)


def _fitting(parts: Mapping[int, PartFacts], formats: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the first format with all the phases that the parts name; the usual one where none has them."""
    named = {
        placed.mark.key
        for facts in parts.values()
        for placed in facts.marks
        if isinstance(placed.mark, m.PhaseEnteredMark)
    }
    fitting = (one for one in formats if named <= {phase.key for phase in parse_format(one[1]).phases})
    return next(fitting, formats[0])


def _facts(
    recording: RecordingId, parts: Mapping[int, PartFacts], session_format: SessionFormat, day: date
) -> tuple[f.Fact, ...]:
    began_wall = datetime.combine(day, _NOON).astimezone().timestamp()

    def at(seconds: float) -> Instant:
        return Instant(began_wall + seconds, seconds, _BOOT)

    began = f.Began(at=at(0.0))
    state = apply(new_session(session_format), began)
    found: list[f.Fact] = [began]
    places = sorted(parts.items(), key=lambda one: (one[1].offset_s, one[0]))
    end_s = 0.0
    for number, facts in places:
        until_s = facts.offset_s + facts.seconds
        end_s = max(end_s, until_s)
        marked: list[f.Fact] = [f.RecordingStarted(at=at(facts.offset_s), recording=recording, part=number)]
        for placed in sorted(facts.marks, key=lambda one: one.at_s):
            marked += _of_mark(placed.mark, at, facts.offset_s + placed.at_s, session_format)
        ends = number == places[-1][0]
        marked.append(
            f.RecordingStopped(at=at(until_s)) if ends else f.RecordingLost(at=at(until_s), seconds=0.0, why=_WHY)
        )
        for fact in (one for each in marked for one in _with_steps_between(each, state.phase)):
            try:
                state = apply(state, fact)
            except NotNow:
                # The marks begin anew in each part: a phase is entered again that the session is in already.
                continue
            found.append(fact)
    return (*found, f.Ended(at=at(end_s)))


def _with_steps_between(fact: f.Fact, phase: int) -> Iterator[f.Fact]:
    """Yield a fact, after the steps that came before the recording began."""
    if isinstance(fact, f.StepTaken):
        for between in range(phase + 1, fact.phase):
            yield f.StepTaken(at=fact.at, phase=between)
    yield fact


def _of_mark(
    mark: m.PartMark, at: Callable[[float], Instant], at_s: float, session_format: SessionFormat
) -> Iterator[f.Fact]:
    """Yield the fact of a mark, none for a mark that is no act of the session."""
    keys = [phase.key for phase in session_format.phases]
    if isinstance(mark, m.PauseMark):
        yield f.RecordingPaused(at=at(at_s))
    elif isinstance(mark, m.ResumeMark):
        yield f.RecordingResumed(at=at(at_s))
    elif isinstance(mark, m.RedactionMark):
        yield f.Redacted(at=at(at_s), seconds=mark.seconds)
    elif isinstance(mark, m.RedactionUndoneMark):
        yield f.RedactionUndone(at=at(at_s))
    elif isinstance(mark, m.GapMark):
        yield f.RecordingGap(at=at(at_s + mark.seconds), seconds=mark.seconds)
    elif isinstance(mark, m.PhaseEnteredMark) and mark.key in keys:
        yield f.StepTaken(at=at(at_s), phase=keys.index(mark.key))
    elif isinstance(mark, m.QuestionAskedMark):
        yield f.QuestionAsked(at=at(at_s), question=mark.number)
    elif isinstance(mark, m.QuestionUndoneMark):
        yield f.QuestionTakenBack(at=at(at_s))
    elif isinstance(mark, m.MomentMark):
        yield f.Marked(at=at(at_s), mark=mark.kind)
