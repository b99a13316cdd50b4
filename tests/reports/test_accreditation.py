"""Exports of accreditation: reviews under headings, the leader's record, and which sound may be played."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from clocks import WoundClock
from kept_sessions import TEXT, whole_hour
from vaults import make_vault

from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewedSession, ReviewState
from balint_desktop.domain.accreditation.values import (
    AccreditationFacts,
    Colleague,
    ColleagueId,
    ColleagueRole,
    EntryId,
    LedSession,
    OwnRole,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.values import GroupId, RecordingId, SessionId, SessionKind
from balint_desktop.reports.accreditation import co_leaders, leader_record, reviews_text
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.vault.log.consents import ConsentCollection

TODAY = date(2026, 3, 18)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def reviewed(day, texts, title="Block B, session 1"):
    return ReviewedSession(Review(SessionId(str(day)), ReviewState.WRITTEN, texts), day, title)


def supervised(day):
    return Supervision(EntryId(str(day)), day, 50, "A. B.")


def test_reviews_are_gathered_heading_by_heading_oldest_first():
    reviews = (
        reviewed(date(2026, 2, 10), {Heading.STYLE: "Quieter.", Heading.SAFETY: "Named\nthe support."}, "session 2"),
        reviewed(date(2026, 2, 3), {Heading.STYLE: "Too quick."}, "session 1"),
        reviewed(date(2025, 2, 3), {Heading.STYLE: "Long ago."}),
    )
    text = reviews_text(reviews, (supervised(date(2026, 2, 20)), supervised(date(2026, 1, 9))), FIRST, LAST)

    assert text.splitlines() == [
        "Reviews of my own leading, 2026-01-01 to 2026-03-31",
        "2 supervision sessions: 2026-01-09, 2026-02-20",
        "2 sessions reviewed",
        "",
        "Safety",
        "2026-02-10, session 2: Named the support.",
        "",
        "Own style",
        "2026-02-03, session 1: Too quick.",
        "2026-02-10, session 2: Quieter.",
    ]


def test_a_period_without_a_review_says_so():
    assert "0 sessions reviewed" in reviews_text((), (), FIRST, LAST)


def test_a_leaders_record_holds_the_figures_and_no_note():
    facts = AccreditationFacts(
        sessions=(
            LedSession(SessionId("b"), date(2026, 2, 10), cases=2, role=OwnRole.LEAD),
            LedSession(SessionId("a"), date(2026, 2, 3), cases=1),
            LedSession(SessionId("e"), date(2026, 2, 17), evaluation=True),
        ),
        supervisions=(supervised(date(2026, 2, 20)),),
    )
    record = leader_record(facts, Pathway("Mine", aims=(Aim(Measure.CASES, 30),)), {}, TODAY)

    assert [one.id for one in record.sessions] == ["a", "b"]
    assert [(row.aim.target, row.counted.so_far) for row in record.aims] == [(30, 3)]
    assert len(record.supervisions) == 1


def test_co_leaders_are_named_by_label_and_observers_are_not():
    def beside(label, role, accredited=None):
        return SessionColleague(Colleague(ColleagueId(label), label, accredited), role)

    result = co_leaders(
        (
            beside("A.", ColleagueRole.CO_LEAD, accredited=True),
            beside("B.", ColleagueRole.OBSERVER),
            beside("C.", ColleagueRole.LEAD),
        )
    )
    assert result == "A. (accredited), C."


# --- which recordings may be played in supervision ---

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(10))


@pytest.fixture
def vault(tmp_path):
    opened = make_vault(tmp_path / "vault").open(WoundClock(wall=1_773_835_200.0))
    opened.log.groups.save_group(GROUP)
    yield opened
    opened.close()


def recorded(vault, purposes_at_recording=(Purpose.RECORDING, Purpose.SUPERVISION)):
    """Store a session that P1, P2 and P10 attended, and its recording."""
    session = vault.log.sessions.start(SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", TEXT))
    recording = RecordingId(f"recording of {session}")
    vault.log.recordings.add(recording, session, "age1", this_vault_reads=True)
    vault.log.recordings.add_part(recording)
    for fact in whole_hour():
        result = {"recording": recording} if hasattr(fact, "recording") else {}
        vault.log.sessions.add_fact(session, replace(fact, **result))
    vault.log.consents.note_purposes(recording, purposes_at_recording)
    vault.log.sessions.close(session, Debrief())
    return session


def answer(vault, answer, *codes):
    vault.log.consents.enter(
        GROUP.id, [(code, Purpose.SUPERVISION) for code in codes], answer, ConsentCollection(date(2026, 1, 5))
    )


def playable(vault, session):
    return AccreditationService(vault.log, WoundClock(wall=1_773_835_200.0)).playable([session]) == {session}


def test_a_recording_may_be_played_if_everyone_present_agreed_to_supervision(vault):
    session = recorded(vault)
    answer(vault, Answer.GIVEN, "P1", "P2")
    assert not playable(vault, session)
    answer(vault, Answer.GIVEN, "P10")
    assert playable(vault, session)
    answer(vault, Answer.WITHDRAWN, "P2")
    assert not playable(vault, session)


def test_answers_of_absent_members_change_nothing(vault):
    session = recorded(vault)
    answer(vault, Answer.GIVEN, "P1", "P2", "P10")
    answer(vault, Answer.DECLINED, "P3")

    assert playable(vault, session)


def test_agreeing_afterwards_does_not_widen_the_purposes_of_a_recording(vault):
    session = recorded(vault, purposes_at_recording=(Purpose.RECORDING,))
    answer(vault, Answer.GIVEN, "P1", "P2", "P10")

    assert not playable(vault, session)


def test_a_session_without_a_recording_has_none_to_play(vault):
    session = vault.log.sessions.start(SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", TEXT))
    answer(vault, Answer.GIVEN, "P1", "P2", "P10")

    assert not playable(vault, session)
