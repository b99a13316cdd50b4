"""A group's account for tests of reports: six weeks of it, every figure easily counted by hand. Codes only."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from kept_sessions import GROUP, at
from sessions import shipped

from balint_desktop import resources
from balint_desktop.domain import facts as f
from balint_desktop.domain.consent import Purpose
from balint_desktop.domain.facilitator import Facilitator
from balint_desktop.domain.people import Group, Participant
from balint_desktop.domain.records import Debrief, Destroyed, SessionSetting
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId, SessionKind
from balint_desktop.exchange.group_account import ConsentCount, GroupAccount, KeptLine, PlannedDay, Trail
from balint_desktop.exchange.session_record import KeptSession, session_record

WEEK = 7 * 24 * 60
FIRST = date(2026, 3, 4)
CODES = tuple(ParticipantCode(f"P{number}") for number in range(1, 7))
WORDS = ("amber", "brook", "cedar", "delta", "ember", "fjord", "grove", "heron")
DECK = "Balint Desktop prompts 1"
# For each session: who was away, how long it lasted in minutes, whether it was recorded.
COURSE = (
    ((), 60, True),
    (("P6",), 61.5, True),
    ((), 88, True),
    (("P1", "P2"), 60, False),
    ((), 60, True),
    ((), 55, True),
)


def six_weeks_group():
    members = tuple(Participant(code, agreed_to_recording=True) for code in CODES)
    return Group(GROUP, "Wednesday group", participants=members, for_research=True, support="Student Health")


def six_weeks():
    """Return the records of six weekly sessions: five with one case each, the third with two; the last evaluates."""
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
        kept=(KeptLine("Sound", "30 days after the transcript is verified", "due on 3 May 2026"),),
        trail=Trail(41, WORDS),
        facilitator=Facilitator("the second author", "MBChB", "psychiatry trainee", "", "co-led for two years"),
        approval="023473",
    )
    return dataclasses.replace(account, **changed)


def _kept(number):
    away, length, recorded = COURSE[number - 1]
    start = (number - 1) * WEEK
    evaluation = number == 6
    key = {3: "two-cases", 6: "evaluation"}.get(number, "student-hour")
    kind = SessionKind.EVALUATION if evaluation else SessionKind.CASE
    steps = len(shipped(key).phases)
    recording = RecordingId(f"recording-{number}")
    facts = [
        f.Began(at=at(start), present=tuple(code for code in CODES if code not in away)),
        f.PromptsOn(at=at(start), deck=DECK, themes=False),
        *([f.RecordingStarted(at=at(start), recording=recording, part=1)] if recorded else []),
        *(f.StepTaken(at=at(start + phase), phase=phase) for phase in range(1, steps)),
        *([] if evaluation else [f.PresenterChosen(at=at(start + steps), case=1, code=CODES[number - 1])]),
        *([f.PresenterChosen(at=at(start + steps), case=2, code=CODES[5])] if number == 3 else []),
        *([f.RecordingLost(at=at(start + 30), seconds=0, why="recorder-died")] if number == 2 else []),
        *([f.RecordingStarted(at=at(start + 32), recording=recording, part=2)] if number == 2 else []),
        f.Ended(at=at(start + length)),
        *([f.RecordingStopped(at=at(start + length))] if recorded else []),
    ]
    gone = Destroyed(at(5 * WEEK).wall, "transcript verified", at(5 * WEEK).wall + 1) if number == 1 else None
    return KeptSession(
        SessionId(f"session-{number}"),
        "Wednesday group",
        SessionSetting(GROUP, number, kind, key, resources.text(f"formats/{key}.toml")),
        tuple(facts),
        prompts_shown=number,
        debrief=Debrief("We sat with it." if number < 5 else ""),
        destroyed=gone,
    )
