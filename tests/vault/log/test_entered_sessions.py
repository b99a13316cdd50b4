"""Sessions that ran without the laptop: entered as closed, and taken back while nothing else refers to them."""

from __future__ import annotations

import json

import pytest
from kept_sessions import GROUP, P1, P2, TEXT, at

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import AfterwardsEntry
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId, SessionKind

SETTING = SessionSetting(GROUP, 3, SessionKind.CASE, "student-hour", TEXT)
ENTRY = AfterwardsEntry(SETTING, at(0).wall, 3300.0, (P1,), {1: P2}, debrief=Debrief("We sat with it."))
MEMBERS = Group(GROUP, "Wednesday group", participants=new_participants(2))


@pytest.fixture
def log(vault):
    vault.log.groups.save_group(MEMBERS)
    return vault.log


def code_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code


def test_it_is_held_on_its_own_day_and_overlaps_what_was_held_at_that_time(log):
    log.enter(ENTRY)
    log.summaries.refresh(10)
    began = at(0).wall

    assert log.dates.held_days(GROUP) == {3: day_of(began)}
    assert [log.dates.held_during(GROUP, began + late, 600) for late in (-600, -599, 3299, 3300)] == [None, 3, 3, None]


def test_a_session_that_was_entered_is_closed_and_has_its_debrief_and_presenters(log):
    session = log.enter(ENTRY)

    row = log.sessions.session(session)
    assert (row.closed, row.debrief, row.setting) == (True, Debrief("We sat with it."), SETTING)
    assert row.corrected.values == {Field.PRESENTERS: {1: P2}}
    assert [fact.kind for fact in log.sessions.facts(session)] == ["began", "ended"]
    last = log.audit.rows()[-1]
    assert (last.act, json.loads(last.details)) == ("session-entered", {"session": session})


def test_an_impossible_entry_leaves_nothing(log):
    too_long = AfterwardsEntry(SETTING, at(0).wall, 13 * 3600.0)

    assert code_of(log.enter, too_long) is TroubleCode.VALUE_IMPOSSIBLE
    assert log._database.run("SELECT COUNT(*) FROM sessions") == [(0,)]


def test_an_entry_that_was_just_made_is_taken_back(log):
    kept, session = log.enter(ENTRY), log.enter(ENTRY)
    log.undo_entering(session)

    assert [row.id for row in log.sessions.sessions()] == [kept]
    assert log.audit.rows()[-1].act == "correction-taken-back"


def test_an_entry_that_was_changed_since_is_not_taken_back(log):
    session = log.enter(ENTRY)
    log.sessions.close(session, Debrief("more to say"))

    assert code_of(log.undo_entering, session) is TroubleCode.RECORD_CHANGED
    assert log.sessions.session(session).debrief == Debrief("more to say")


def test_an_entry_with_a_recording_is_not_taken_back(vault, log):
    session = log.enter(ENTRY)
    vault.new_recording(MEMBERS, session)
    rows = log.audit.count()

    assert code_of(log.undo_entering, session) is TroubleCode.RECORD_CHANGED
    assert log.audit.count() == rows


def test_a_session_that_ran_on_the_laptop_is_never_taken_back(log):
    session = log.sessions.start(SETTING)
    log.sessions.close(session, Debrief())

    assert code_of(log.undo_entering, session) is TroubleCode.RECORD_CHANGED
    assert log.sessions.session(session).closed


# --- what lists say of it ---


def test_a_recording_without_facts_has_the_length_of_its_parts(vault, log):
    session = log.enter(ENTRY)
    log.summaries.refresh()
    assert (log.summaries.row(session).recorded, log.summaries.row(session).recorded_s) == ("no", None)

    recording = vault.new_recording(MEMBERS, session)
    for seconds in (60.0, 30.5):
        log.recordings.finish_part(recording, log.recordings.add_part(recording), seconds, "ab" * 32)
    log._database.run("UPDATE summaries SET stale = 1")
    assert log.summaries.refresh() == 0
    assert (log.summaries.row(session).recorded, log.summaries.row(session).recorded_s) == ("yes", 90.5)

    log.keys.intend_destroying(recording, "asked for", at(0).wall)
    log._database.run("UPDATE summaries SET stale = 1")
    log.summaries.refresh()
    assert log.summaries.row(session).recorded == "destroyed"


def test_a_session_that_never_began_has_no_row(log):
    with pytest.raises(KeyError):
        log.summaries.row(SessionId("none"))


def test_refreshing_without_a_stale_row_leaves_none(log):
    log.enter(ENTRY)
    assert log.summaries.refresh() == 0
    changes = log._database.changes

    assert log.summaries.refresh() == 0
    assert log._database.changes == changes


def test_snippets_are_looked_for_only_with_words_and_sessions(log):
    session = log.enter(ENTRY)

    assert log.notes.snippets([session], "  ,") == {}
    assert log.notes.snippets([], "sat") == {}
    assert list(log.notes.snippets([session], "sat")) == [session]
