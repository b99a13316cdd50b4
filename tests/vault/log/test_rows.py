"""Single questions to the log's tables: what is absent, what is empty, and what a label needs."""

from __future__ import annotations

from datetime import date

import pytest
from kept_sessions import GROUP, P1, TEXT, at

from balint_desktop import resources
from balint_desktop.domain.evaluation.written_part import FLOOR, Sheet
from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind
from balint_desktop.vault.log.transfers import TransferKind, TransferRow

OTHER = GroupId("another-group")
DAY = date(2026, 3, 4)
TODAY = date(2026, 3, 18)


@pytest.fixture
def log(vault):
    for group in (GROUP, OTHER):
        vault.log.groups.save_group(Group(group, f"Group {group}", participants=new_participants(2)))
    return vault.log


def recorded(vault, group, number):
    session = vault.log.sessions.start(SessionSetting(group, number, SessionKind.CASE, "student-hour", TEXT))
    vault.log.sessions.add_fact(session, f.Began(at=at(0), present=(P1,)))
    return session, vault.new_recording(Group(group or GROUP, "any"), session)


# --- legal holds ---


def placed(log, group=GROUP, recording=None, since=DAY, **more):
    hold = Hold(HoldId(""), group, since, "a complaint", "research office", recording=recording, **more)
    return log.holds.place(hold, TODAY)


def test_holds_in_effect_are_those_not_lifted_the_earliest_first(log):
    later, earlier, lifted = placed(log, OTHER, since=TODAY), placed(log), placed(log)
    log.holds.lift(lifted, Lifted(TODAY, "closed", "research office"), TODAY)

    assert log.holds.active() == (earlier, later)


def test_removed_audio_is_retained_only_by_a_hold_that_says_so(vault, log):
    _, ours = recorded(vault, GROUP, 1)
    _, theirs = recorded(vault, OTHER, 1)
    placed(log, recording=ours)
    assert log.holds.retains_redacted(ours) is False

    placed(log, retains_redacted=True)
    assert [log.holds.retains_redacted(one) for one in (ours, theirs)] == [True, False]


# --- recordings and their sessions ---


def test_sessions_are_labelled_by_group_and_number_and_one_without_a_group_by_its_number(vault, log):
    ours, recording = recorded(vault, GROUP, 3)
    alone, other = recorded(vault, None, 1)

    assert log.retained_recordings.session_names() == {ours: (GROUP, 3), alone: (None, 1)}
    assert log.retained_recordings.sessions_of_recordings() == {recording: ours, other: alone}


def test_a_recordings_group_is_unknown_where_its_session_has_none_or_the_log_has_no_such_recording(vault, log):
    _, recording = recorded(vault, GROUP, 3)
    _, alone = recorded(vault, None, 1)

    found = [log.retained_recordings.group_of(one) for one in (recording, alone, RecordingId("unknown"))]
    assert found == [GROUP, None, None]


# --- parcels ---


def test_a_parcel_knows_its_recordings_once_it_is_finished(log):
    one, other = RecordingId("a"), RecordingId("b")
    log.transfers.begin(TransferRow("p", TransferKind.HAND_OVER, 1.0, "/stick"))
    log.transfers.finish("p", "ab", {other: {"key.age": "1"}, one: {"key.age": "2", "01/audio.age": "3"}})

    (row,) = log.transfers.parcels(TransferKind.HAND_OVER)
    assert (row.recordings, row.is_finished) == ((one, other), True)
    assert log.transfers.parcels(TransferKind.BACKUP) == ()


# --- calendars ---


def test_an_emptied_calendar_leaves_the_number_of_sessions(log):
    log.dates.save_plan(GROUP, new_plan(DAY, 4, last_evaluates=False))
    log.dates.save_plan(GROUP, ())

    assert (log.dates.plan(GROUP), log.groups.group(GROUP).sessions) == ((), 4)


def test_the_progress_of_groups_is_read_again_once_a_row_or_the_day_changes(log):
    log.dates.save_plan(GROUP, new_plan(DAY, 4, last_evaluates=False))
    first = log.dates.standings(DAY)
    assert log.dates.standings(DAY) is first
    assert log.dates.standings(TODAY) is not first

    log.dates.archive(OTHER)
    assert [one.group for one in log.dates.standings(TODAY)] == [GROUP]


# --- written parts ---


def test_a_written_part_has_the_questionnaire_that_was_handed_out(log):
    part = log.evaluation.open_part(GROUP, DAY, resources.text("questionnaires/written-part.toml"), FLOOR)

    assert len(log.evaluation.part(part).questionnaire.statements) == 12


def test_a_written_part_that_the_log_does_not_know_is_neither_read_nor_written(log):
    with pytest.raises(KeyError):
        log.evaluation.part("none")
    with pytest.raises(KeyError):
        log.evaluation.add_sheet("none", Sheet((1,) * 6, ("", "")))
