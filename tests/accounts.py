"""A group's account for tests of reports: six weeks, with figures easily counted by hand. Codes only."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from kept_sessions import GROUP, at
from sessions import shipped

from balint_desktop import resources
from balint_desktop.domain.group.dates import PlannedSession
from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, Destroyed, SessionSetting
from balint_desktop.domain.session.session_record import StoredSession, session_record
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedKind,
    RetainedThing,
    RetentionPeriod,
    RetentionPeriods,
    StartEvent,
    Unit,
    retained_item,
)
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId, SessionKind
from balint_desktop.reports.group_account import AuditHead, ConsentCount, GroupAccount, PlannedDay

WEEK = 7 * 24 * 60
FIRST = date(2026, 3, 4)
CODES = tuple(ParticipantCode(f"P{number}") for number in range(1, 7))
WORDS = ("amber", "brook", "cedar", "delta", "ember", "fjord", "grove", "heron")
DECK = "Balint Desktop prompts 2"
# For each session: who was absent, its length in minutes, whether it was recorded.
COURSE = (
    ((), 60, True),
    (("P6",), 61.5, True),
    ((), 88, True),
    (("P1", "P2"), 60, False),
    ((), 60, True),
    ((), 55, True),
)


CLOCKS = RetentionPeriods(
    {
        RetainedKind.AUDIO: RetentionPeriod(
            StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, "approval 023473, section 4"
        ),
        RetainedKind.CONSENT_FORMS: RetentionPeriod(
            StartEvent.STUDY_ENDED, 6, Unit.YEARS, Bound.KEEP_AT_LEAST, "approval 023473, section 5"
        ),
    }
)


def six_weeks_group():
    members = tuple(Participant(code, agreed_to_recording=True) for code in CODES)
    return Group(
        GROUP,
        "Wednesday group",
        participants=members,
        for_research=True,
        leader_assesses=False,
        support="Student Health",
    )


def six_weeks():
    """Return the records of six weekly sessions: five with one case, the third with two; the last is the evaluation."""
    return tuple(session_record(_kept(number)) for number in range(1, 7))


def six_weeks_account(**changed):
    account = GroupAccount(
        group=six_weeks_group(),
        format_name="Student hour",
        today=date(2026, 4, 20),
        records=six_weeks(),
        planned=tuple(
            PlannedDay(n + 1, FIRST + timedelta(weeks=n), SessionKind.EVALUATION if n == 5 else SessionKind.CASE)
            for n in range(6)
        ),
        consents=(
            ConsentCount(Purpose.RECORDING, "2", given=6),
            ConsentCount(Purpose.QUOTATIONS, "2", given=4, declined=1, withdrawn=1),
        ),
        clocks=CLOCKS,
        retained=tuple(retained_item(thing, CLOCKS, date(2026, 4, 20)) for thing in _things()),
        holds=1,
        trail=AuditHead(41, WORDS),
        facilitator=Facilitator("the second author", "MBChB", "psychiatry trainee", "", "co-led for two years"),
        approval="023473",
    )
    return dataclasses.replace(account, **changed)


def _things():
    verified = {StartEvent.TRANSCRIPT_VERIFIED: date(2026, 4, 10)}
    yield RetainedThing(
        RetainedKind.AUDIO, RecordingId("recording-1"), 1, None, verified, destroyed_on=date(2026, 4, 8)
    )
    yield from (RetainedThing(RetainedKind.AUDIO, RecordingId(f"recording-{n}"), n, None, verified) for n in (2, 3, 5))
    yield RetainedThing(RetainedKind.AUDIO, RecordingId("recording-6"), 6, None, {})
    yield from (RetainedThing(RetainedKind.CONSENT_FORMS, code=code) for code in CODES)


def _kept(number):
    away, length, recorded = COURSE[number - 1]
    start = (number - 1) * WEEK
    evaluation = number == 6
    key = {3: "two-cases", 6: "evaluation"}.get(number, "student-hour")
    kind = SessionKind.EVALUATION if evaluation else SessionKind.CASE
    phases = shipped(key).phases
    recording = RecordingId(f"recording-{number}")
    facts = [
        f.Began(at=at(start), present=tuple(code for code in CODES if code not in away)),
        f.PromptsOn(at=at(start), deck=DECK, themes=False),
        *([f.RecordingStarted(at=at(start), recording=recording, part=1)] if recorded else []),
        *(f.StepTaken(at=at(start + phase.from_s / 60 - 1), phase=n) for n, phase in enumerate(phases) if n),
        *([] if evaluation else [f.PresenterChosen(at=at(start + length), case=1, code=CODES[number - 1])]),
        *([f.PresenterChosen(at=at(start + length), case=2, code=CODES[5])] if number == 3 else []),
        f.Ended(at=at(start + length)),
        *([f.RecordingStopped(at=at(start + length))] if recorded else []),
    ]
    gone = Destroyed(at(5 * WEEK).wall, "transcript verified", at(5 * WEEK).wall + 1) if number == 1 else None
    if number == 2:
        facts += [
            f.RecordingLost(at=at(start + 30), seconds=0, why="recorder-died"),
            f.RecordingStarted(at=at(start + 32), recording=recording, part=2),
        ]
    return StoredSession(
        SessionId(f"session-{number}"),
        "Wednesday group",
        SessionSetting(GROUP, number, kind, key, resources.text(f"formats/{key}.toml")),
        tuple(sorted(facts, key=lambda fact: fact.at.wall)),
        prompts_shown=number,
        debrief=Debrief("We sat with it." if number < 5 else ""),
        destroyed=gone,
    )


def keep_six_weeks(vault):
    """Store the group, its dates and its six sessions in an open vault."""
    log = vault.log
    log.groups.save_group(six_weeks_group())
    plan = tuple(PlannedSession(day.number, day.day, "16:00", day.kind) for day in six_weeks_account().planned)
    log.dates.save_plan(GROUP, plan)
    for number in range(1, 7):
        kept_session = _kept(number)
        session = log.sessions.start(kept_session.setting)
        for fact in kept_session.facts:
            log.sessions.add_fact(session, fact)
        for _shown in range(kept_session.prompts_shown):
            log.sessions.count_prompt(session)
        log.sessions.close(session, kept_session.debrief)
