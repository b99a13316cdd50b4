"""Facts of a session: written before they count, or counted at once; each listener hears of each in turn."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import ListSessionLog
from sessions import shipped

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import NotNow
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.session.append_facts import SessionFacts
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import NoticeKind

HOUR = shipped("student-hour")


@pytest.fixture
def clock():
    return WoundClock()


@pytest.fixture
def log():
    return ListSessionLog()


@pytest.fixture
def facts(clock, log):
    made = SessionFacts(HOUR, clock, log)
    made.append(f.Began(at=clock.now()))
    return made


def test_a_fact_is_heard_once_it_counts_and_before_the_change(facts, clock):
    heard = []
    facts.on_change(lambda: heard.append("changed"))
    facts.on_fact(lambda fact: heard.append((fact.kind, facts.state.phase)))
    facts.append(f.StepTaken(at=clock.now(), phase=1))
    facts.append_deferred(f.StepTaken(at=clock.now(), phase=2))

    assert heard == [("step-taken", 1), "changed", ("step-taken", 2), "changed"]


def test_a_listener_that_was_taken_away_hears_of_no_change(facts):
    heard = []
    stop = facts.on_change(lambda: heard.append(1))
    facts.notify_changed()
    stop()
    facts.notify_changed()

    assert heard == [1]


@pytest.mark.parametrize("append", ["append", "append_deferred"])
def test_a_fact_that_cannot_follow_is_neither_written_nor_counted(facts, clock, log, append):
    with pytest.raises(NotNow):
        getattr(facts, append)(f.StepTaken(at=clock.now(), phase=5))

    assert ([fact.kind for fact in log.facts], facts.state.phase) == (["began"], 0)


def test_a_deferred_fact_counts_although_the_disk_is_full_and_its_notice_ends_with_the_write(facts, clock, log):
    log.broken = TroubleCode.DISK_FULL
    facts.append_deferred(f.Ended(at=clock.now()))
    assert facts.state.ended_s == 0.0
    assert [(notice.kind, notice.trouble.code) for notice in facts.notices] == [
        (NoticeKind.TROUBLE, TroubleCode.DISK_FULL)
    ]

    facts.flush_pending()
    assert len(list(facts.notices)) == 1
    log.broken = None
    facts.flush_pending()
    assert (list(facts.notices), log.facts[-1].kind) == ([], "ended")


def test_a_retry_with_nothing_queued_leaves_other_notices(facts):
    facts.notices.add_trouble(Trouble(TroubleCode.DISK_FULL))
    facts.flush_pending()

    assert len(list(facts.notices)) == 1


def test_a_restored_session_is_that_of_its_facts_and_writes_none(facts, clock, log):
    clock.advance(90)
    again = SessionFacts(HOUR, clock, log)
    again.restore(log.facts)

    assert (again.state, again.elapsed_s(), len(log.facts)) == (facts.state, 90, 1)


# --- by the session's controller ---


@pytest.fixture
def session(clock, log):
    return SessionController(HOUR, Group(GroupId("g"), "Block B", participants=new_participants(2)), clock, log)


def test_the_session_reports_its_changes_until_the_listener_is_taken_away(session):
    heard = []
    stop = session.on_change(lambda: heard.append(session.state.phase))
    session.begin()
    session.step()
    stop()
    session.step()

    assert heard == [0, 1]


def test_before_the_beginning_time_that_passes_is_no_fact(session, clock, log):
    session.tick()
    clock.advance(3600)
    session.tick()

    assert (log.facts, list(session.notices)) == ([], [])


def on_screen(log):
    return [(fact.deck, fact.themes) for fact in log.facts if isinstance(fact, f.PromptsOn)]


def test_the_prompt_deck_is_a_fact_from_the_beginning_and_once_for_each_change(session, log):
    session.set_prompt_deck("Balint 1", themes=False)
    assert log.facts == []

    session.begin()
    for deck, themes in (("Balint 1", False), ("Balint 1", True), ("Balint 1", True), ("Balint 2", True)):
        session.set_prompt_deck(deck, themes=themes)
    assert on_screen(log) == [("Balint 1", False), ("Balint 1", True), ("Balint 2", True)]


def test_without_a_prompt_deck_or_after_the_end_none_is_a_fact(session, log):
    session.begin()
    session.set_prompt_deck("", themes=True)
    session.end()
    session.set_prompt_deck("Balint 1", themes=True)

    assert on_screen(log) == []


def test_a_prompt_deck_counts_although_the_disk_refuses_it(session, log):
    session.begin()
    log.broken = TroubleCode.DISK_FULL
    session.set_prompt_deck("Balint 1", themes=True)

    assert [one.deck for one in session.state.prompts] == ["Balint 1"]
