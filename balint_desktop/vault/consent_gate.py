"""Consent gate: what may leave the vault by which door, and the consequences of a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import decides_on_recording
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.facts import Arrived, Began, Fact, Left
from balint_desktop.domain.study.consent import (
    Answer,
    Consent,
    ConsentEntry,
    Purpose,
    agreed,
    agreed_by_all,
    current_answers,
    less_refused,
    plan_entry,
    still_permitted,
)
from balint_desktop.domain.study.doors import DOORS, RECORDINGS, Agreed, Door, DoorRule, Passage
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.study.withdrawal import AffectedRecording, Withdrawal
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId, SessionId
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.sessions import SessionRow

# By these leaves, or is read, what was made of an approved text.
_OF_APPROVED = frozenset(
    {
        *(Door.APPROVED_TEXT, Door.APPROVED_FILE, Door.CODING_PARCEL),
        *(Door.ANALYSIS_REPORT, Door.ANALYSIS_PROJECT),
    }
)


@dataclass(frozen=True, slots=True)
class EnteredAnswers:
    """The answers entered, and the ids of their rows: taking all of them back undoes the entry as one."""

    entry: ConsentEntry
    places: tuple[int, ...]


def enter_answers(
    log: Log,
    group: GroupId,
    codes: Iterable[ParticipantCode],
    purposes: Iterable[Purpose],
    *,
    answer: Answer,
    taking: ConsentCollection,
) -> EnteredAnswers:
    """Enter an answer for some people and purposes, all or none.

    Raise Trouble: CONSENT_REFUSED or CONSENT_NOT_GIVEN if no answer would change, CONSENT_AHEAD and
    CONSENT_EARLIER for an invalid day.
    """
    entry = plan_entry(log.consents.consents(group), codes, purposes, answer)
    if not entry.cells:
        code = TroubleCode.CONSENT_NOT_GIVEN if answer is Answer.WITHDRAWN else TroubleCode.CONSENT_REFUSED
        raise Trouble(code)
    return EnteredAnswers(entry, log.consents.enter(group, entry.cells, answer, taking))


def note_purposes(log: Log, recording: RecordingId, session: SessionId, *, attended: bool = False) -> None:
    """Record the purposes agreed to when a recording is made: by everyone in the room, or everyone who attended.

    By the group's rule also by every member of that day: otherwise the uses of a recording would show who was away.
    """
    agreed_to = agreed_in_session(log, session, attended=attended)
    if agreed_to is not None:
        log.consents.note_purposes(recording, agreed_to)


def agreed_in_session(log: Log, session: SessionId, *, attended: bool) -> frozenset[Purpose] | None:
    """Return the purposes that are agreed to today by those in a session's room, or by everyone who attended.

    None for a session without a group.
    """
    group = log.sessions.session(session).setting.group
    if group is None:
        return None
    return agreed_by_all(log.consents.consents(group), _deciding(log, session, group, attended=attended))


def has_withdrawn_in_session(log: Log, session: SessionId) -> bool:
    """Return whether everyone who decides on a session agreed to transcription, and not everyone does any more."""
    group = log.sessions.session(session).setting.group
    if group is None:
        return False
    known = current_answers(log.consents.consents(group))
    rows = [known.get((code, Purpose.TRANSCRIPTION)) for code in _deciding(log, session, group, attended=True)]
    answers = {row.answer if row is not None else None for row in rows}
    return Answer.WITHDRAWN in answers and answers <= {Answer.GIVEN, Answer.WITHDRAWN}


def _deciding(log: Log, session: SessionId, group: GroupId, *, attended: bool) -> frozenset[ParticipantCode]:
    """Return who decides on what may be done with a session: who is in its room, or everyone who attended."""
    facts = log.sessions.facts(session)
    present, ever = _sets(facts)
    people = ever if attended else present
    day = day_of(facts[0].at.wall) if facts else log.consents.today()
    known = log.groups.group(group).on(day, also=people)
    return frozenset(decides_on_recording(known, people)) if people else people


def permitted(log: Log, recording: RecordingId, *, as_text: bool = False) -> frozenset[Purpose]:
    """Return the uses permitted for a recording today, or for its transcript as text alone. Raise KeyError.

    In the text, who has withdrawn and whose words were removed from it is no longer asked.
    """
    return _permitted(log, recording, Door.TRANSCRIPT if as_text else None)


def _permitted(log: Log, recording: RecordingId, door: Door | None) -> frozenset[Purpose]:
    row = log.sessions.session(log.recordings.recording(recording).session)
    if row.setting.group is None:
        return frozenset()
    rows, attended = log.consents.consents(row.setting.group), _attended(log, row)
    if door is Door.TRANSCRIPT:
        attended -= _without_words(log.transcripts.removals(recording), rows)
    if door in _OF_APPROVED:
        attended -= _without_words(log.approved.removals(recording), rows)
        # Under a rule by which what is de-identified stays in the study.
        attended -= log.withdrawals.left_to_stay(recording)
    noted = log.consents.purposes_at_recording(recording)
    if log.imported_copies.find(recording) is not None:
        withdrew = {left.code for left in withdrawals(log, row.setting.group)}
        return less_refused(noted or frozenset(), rows, attended, withdrew)
    return still_permitted(noted, rows, attended)


def _without_words(
    removals: Mapping[int, tuple[ParticipantCode, int | None]], rows: tuple[Consent, ...]
) -> frozenset[ParticipantCode]:
    """Return whose words were removed from a text, and who has answered nothing since."""
    current = current_answers(rows)
    found = set()
    for code, answer in removals.values():
        now = current.get((code, Purpose.TRANSCRIPTION))
        if (now.place if now is not None else None) == answer and (now is None or now.answer is not Answer.GIVEN):
            found.add(code)
    return frozenset(found)


def pass_recording(log: Log, door: Door, recording: RecordingId, purpose: Purpose | None = None) -> Passage:
    """Let a recording through a door for a purpose.

    Raise Trouble: PURPOSE_NOT_AGREED, which names no person; GRADES_NOT_FINAL; ASSESSMENT_UNANSWERED; RECORDING_UNKNOWN
    for a recording missing from the log, whose attendance is therefore unknown. Raise ValueError for a door that no
    recording uses.
    """
    rule = DOORS[door]
    if door not in RECORDINGS:
        raise ValueError(f"no recording leaves by {door}")
    try:
        uses = _permitted(log, recording, door)
        group = log.sessions.session(log.recordings.recording(recording).session).setting.group
    except KeyError:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN) from None
    _require_grades(log, rule, group)
    if rule.agreed is not Agreed.NOT_ASKED and purpose not in rule.purposes & uses:
        raise Trouble(TroubleCode.PURPOSE_NOT_AGREED)
    return Passage(door, recording, purpose)


def pass_group(log: Log, door: Door, group: GroupId | None) -> None:
    """Let a file about a group, or with None about the whole vault, through a door.

    Where a door lets single people through, at least one of them; `pass_people` says whom. Raise Trouble:
    STUDY_NOT_AGREED, GRADES_NOT_FINAL. Raise ValueError for a door that recordings leave by.
    """
    if door in RECORDINGS:
        raise ValueError(f"no group leaves by {door}")
    rule = DOORS[door]
    _require_grades(log, rule, group)
    if rule.agreed is Agreed.NOT_ASKED:
        return
    if group is None or not any(agreed(log.consents.consents(group), purpose) for purpose in rule.purposes):
        raise Trouble(TroubleCode.STUDY_NOT_AGREED)


def pass_people(log: Log, door: Door, group: GroupId) -> frozenset[ParticipantCode]:
    """Return the people of a group who pass a door; the others are left out.

    Raise Trouble: GRADES_NOT_FINAL, ASSESSMENT_UNANSWERED; ValueError for a door that lets no single person through.
    """
    rule = DOORS[door]
    if rule.agreed is not Agreed.BY_EACH_PERSON:
        raise ValueError(f"no single person leaves by {door}")
    _require_grades(log, rule, group)
    rows = log.consents.consents(group)
    return frozenset[ParticipantCode]().union(*(agreed(rows, purpose) for purpose in rule.purposes))


def _require_grades(log: Log, rule: DoorRule, group: GroupId | None) -> None:
    """Check that no assessor waits for grades, or may. Raise Trouble: GRADES_NOT_FINAL, ASSESSMENT_UNANSWERED."""
    if not rule.closes_for_assessor or group is None:
        return
    known = log.groups.group(group)
    if known.awaits_grades:
        raise Trouble(TroubleCode.GRADES_NOT_FINAL)
    if known.lacks_assessment_answer:
        raise Trouble(TroubleCode.ASSESSMENT_UNANSWERED)


def affected_recordings(log: Log, group: GroupId, code: ParticipantCode, day: date) -> tuple[AffectedRecording, ...]:
    """Return the recordings of sessions a person attended, oldest first, with what the rule asks for on that day.

    A person who left the room before recording started is included: the facts give the time a part began, not what
    was said in it. Destroyed recordings are excluded, but for those with an approved text.
    """
    asks = (log.consents.study(group) or Study()).asks_on(day)
    destroyed = _destroyed_altogether(log)
    sessions = {row.id: row for row in log.sessions.sessions(group)}
    found = []
    for made in log.recordings.recordings():
        row = sessions.get(made.session)
        if row is not None and made.id not in destroyed and code in _attended(log, row):
            wall = log.sessions.facts(row.id)[0].at.wall
            found.append(AffectedRecording(made.id, row.id, row.setting.number, wall, asks, asks is Asks.KEEP))
    return tuple(sorted(found, key=lambda one: one.wall))


def withdraw(log: Log, group: GroupId, code: ParticipantCode, taking: ConsentCollection) -> tuple[int, tuple[int, ...]]:
    """Enter a person's withdrawal from the study for every purpose; return its row id and those of the answers.

    The gate then closes for everyone who was in the room with them. They stay in the group. Raise Trouble.
    """
    given = [
        cell
        for cell, row in current_answers(log.consents.consents(group)).items()
        if cell[0] == code and row.answer is Answer.GIVEN
    ]
    found = affected_recordings(log, group, code, taking.day)
    with log.together():
        places = log.consents.enter(group, given, Answer.WITHDRAWN, taking)
        return log.withdrawals.add(group, code, taking.day, found), places


def may_withdraw(log: Log, group: GroupId) -> frozenset[ParticipantCode]:
    """Return whom a withdrawal may be entered for: those with an answer to take back.

    Also those in a recording from elsewhere, whose answers are elsewhere, unless they withdrew already.
    """
    known = current_answers(log.consents.consents(group))
    answered = {code for (code, _), row in known.items() if row.answer is Answer.GIVEN}
    copies = {row.recording for row in log.imported_copies.all()}
    sessions = {row.session for row in log.recordings.recordings() if row.id in copies}
    there = (_attended(log, row) for row in log.sessions.sessions(group) if row.id in sessions)
    withdrew = {left.code for left in withdrawals(log, group)}
    return frozenset(answered) | (frozenset[ParticipantCode]().union(*there) - withdrew)


def undo_withdrawal(log: Log, group: GroupId, withdrawal: int, places: tuple[int, ...]) -> None:
    """Undo a withdrawal entered by mistake and restore the earlier answers. Raise Trouble.

    Recordings destroyed meanwhile stay destroyed.
    """
    with log.together():
        log.consents.undo_answers(group, places)
        log.withdrawals.undo(withdrawal)


def is_carried_out(log: Log, withdrawal: Withdrawal) -> bool:
    """Return whether words were removed, or a recording or a text destroyed, by the rule of a withdrawal.

    Undoing it would bring none of that back.
    """
    return any(
        (one.is_done and one.asks in {Asks.REMOVE_WORDS, Asks.DESTROY})
        or withdrawal.place in log.transcripts.removals(one.recording)
        or withdrawal.place in log.approved.removals(one.recording)
        for one in withdrawal.affected
    )


def withdrawn_answers(log: Log, group: GroupId, withdrawal: Withdrawal) -> tuple[int, ...]:
    """Return the rows that a withdrawal entered and that still apply: undoing them and it corrects a mistake."""
    return tuple(
        row.place
        for (code, _), row in current_answers(log.consents.consents(group)).items()
        if code == withdrawal.code and row.answer is Answer.WITHDRAWN and row.day == withdrawal.day
    )


def withdrawals(log: Log, group: GroupId) -> tuple[Withdrawal, ...]:
    """Return the withdrawals, with what is still to be done about recordings in their current state."""
    return log.withdrawals.withdrawals(group, _destroyed_altogether(log), _sessions_of(log, group))


def _destroyed_altogether(log: Log) -> frozenset[RecordingId]:
    """Return the recordings of which nothing is left, no approved text either."""
    return frozenset(log.keys.destroyed()) - {one.recording for one in log.approved.all()}


def _sessions_of(log: Log, group: GroupId) -> dict[RecordingId, tuple[SessionId, int, float]]:
    sessions = {row.id: row for row in log.sessions.sessions(group)}
    return {
        row.id: (row.session, sessions[row.session].setting.number, log.sessions.facts(row.session)[0].at.wall)
        for row in log.recordings.recordings()
        if row.session in sessions
    }


def attended_by(log: Log, recording: RecordingId) -> frozenset[ParticipantCode]:
    """Return everyone who was in the room of a recording at any time. Raise KeyError."""
    return _attended(log, log.sessions.session(log.recordings.recording(recording).session))


def _attended(log: Log, row: SessionRow) -> frozenset[ParticipantCode]:
    """Return who attended by the facts or by a correction: every possible participant must have agreed."""
    _, attended = _sets(log.sessions.facts(row.id))
    return attended | frozenset(row.corrected.over(Field.PRESENT, ()))


def _sets(facts: Iterable[Fact]) -> tuple[frozenset[ParticipantCode], frozenset[ParticipantCode]]:
    """Return who is in the room after those facts, and everyone who was there at any time."""
    present: set[ParticipantCode] = set()
    attended: set[ParticipantCode] = set()
    for fact in facts:
        if isinstance(fact, Began):
            present |= set(fact.present)
        elif isinstance(fact, Arrived):
            present.add(fact.code)
        elif isinstance(fact, Left):
            present.discard(fact.code)
        attended |= present
    return frozenset(present), frozenset(attended)
