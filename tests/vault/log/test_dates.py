"""Dates in the log: calendars, the progress of every group, open matters, and archived groups."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from balint_desktop import resources
from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group import date_changes as m
from balint_desktop.domain.group import dates as d
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.open_matters import OpenKind, OpenMatter, gather
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind
from balint_desktop.vault.log.open_sessions import LogMatters

A, B = GroupId("a"), GroupId("b")
HOUR = resources.text("formats/student-hour.toml")
FIRST = date(2026, 3, 4)
PLAN = d.new_plan(FIRST, 6, "14:00", last_evaluates=True)


@pytest.fixture
def groups(log):
    for group, name in ((A, "Psychiatry, block B"), (B, "Paediatrics, block A")):
        log.groups.save_group(Group(group, name, participants=new_participants(6)))
    return log


def hold(log, number, group=A, *, day=FIRST, closed=True, presenters=()):
    session = log.sessions.start(SessionSetting(group, number, SessionKind.CASE, "student-hour", HOUR))
    at = Instant(datetime.combine(day, time(14)).astimezone().timestamp(), 0.0, "boot")
    log.sessions.add_fact(session, f.Began(at=at))
    for case, code in presenters:
        log.sessions.add_fact(
            session, f.PresenterChosen(at=at, case=case, code=ParticipantCode(code) if code else None)
        )
    if closed:
        log.sessions.close(session, Debrief())
    return session


def test_a_calendar_is_read_back_as_it_was_saved(groups):
    plan = m.cancelled(PLAN, frozenset(), 3, d.Instead.LATER)
    groups.dates.save_plan(A, plan)

    assert groups.dates.plan(A) == plan
    assert groups.dates.plan(B) == ()


def test_the_planned_number_of_sessions_follows_the_calendar(groups):
    groups.dates.save_plan(A, m.cancelled(PLAN, frozenset(), 3, d.Instead.NOTHING))

    assert groups.groups.group(A).sessions == 5


def test_saving_a_group_leaves_its_calendar_unchanged(groups):
    groups.dates.save_plan(A, PLAN)
    groups.groups.save_group(groups.groups.group(A))

    assert groups.dates.plan(A) == PLAN


def test_the_next_session_follows_the_calendar_and_a_prepared_one_is_not_held(groups):
    groups.dates.save_plan(A, PLAN)
    groups.sessions.start(SessionSetting(A, 1, SessionKind.CASE, "student-hour", HOUR))
    assert groups.dates.next_session(A, FIRST) == (1, PLAN[0])

    hold(groups, 1)
    assert groups.dates.held(A) == {1}
    assert groups.dates.next_session(A, FIRST) == (2, PLAN[1])


def test_without_a_calendar_the_next_number_follows_the_highest(groups):
    assert groups.dates.next_session(A, FIRST) == (1, None)
    hold(groups, 4)

    assert groups.dates.next_session(A, FIRST) == (5, None)


def test_the_progress_of_every_group_is_known_at_once(groups):
    groups.dates.save_plan(A, PLAN)
    hold(groups, 1)
    hold(groups, 3, B)
    one, other = groups.dates.standings(date(2026, 3, 11))

    assert (one.group, one.highest, one.is_planned) == (A, 1, True)
    assert [line.number for line in one.without_record] == [2, 3, 4, 5, 6]
    assert (other.group, other.highest, other.is_planned, other.without_record) == (B, 3, False, ())


def test_an_archived_group_has_no_progress_and_can_be_restored(groups):
    groups.dates.save_plan(A, PLAN)
    groups.dates.archive(A)
    assert [s.group for s in groups.dates.standings(FIRST)] == [B]
    assert [s.archived for s in groups.dates.spans()] == [True, False]
    groups.groups.save_group(groups.groups.group(A))
    assert groups.dates.spans()[0].archived

    groups.dates.unarchive(A)
    assert [s.group for s in groups.dates.standings(FIRST)] == [A, B]


def test_a_groups_first_and_last_day_ignore_cancelled_sessions(groups):
    groups.dates.save_plan(A, m.cancelled(PLAN, frozenset(), 6, d.Instead.NOTHING))
    span, without = groups.dates.spans()

    assert (span.first, span.last) == (FIRST, date(2026, 4, 1))
    assert (without.first, without.last) == (None, None)


def test_other_groups_plans_on_those_days_are_found(groups):
    groups.dates.save_plan(B, PLAN)

    found = groups.dates.on_days(FIRST, date(2026, 3, 11), A)
    assert [(name, line.day) for name, line in found] == [
        ("Paediatrics, block A", FIRST),
        ("Paediatrics, block A", date(2026, 3, 11)),
    ]
    assert groups.dates.on_days(FIRST, date(2026, 3, 11), B) == ()


def test_the_presenter_is_the_last_choice_for_each_case_of_the_groups_sessions(groups):
    hold(groups, 1, presenters=[(1, "P2"), (1, "P3"), (2, "P4"), (2, None)])
    hold(groups, 2, presenters=[(1, "P3")])
    hold(groups, 1, B, presenters=[(1, "P1")])

    assert groups.summaries.presented(A) == {"P3"}


def test_sessions_without_a_record_and_unwritten_debriefs_are_found(groups):
    groups.dates.save_plan(A, PLAN)
    left = hold(groups, 2, closed=False, day=date(2026, 3, 11))
    hold(groups, 3, day=date(2026, 3, 18))

    assert gather([LogMatters(groups)], date(2026, 3, 18)) == (
        OpenMatter(OpenKind.SESSION_WITHOUT_RECORD, A, 1, FIRST),
        OpenMatter(OpenKind.DEBRIEF_UNWRITTEN, A, 2, date(2026, 3, 11), session=left),
    )


def test_the_latest_session_can_be_resumed_and_is_not_listed_twice(groups):
    hold(groups, 1, closed=False)

    assert gather([LogMatters(groups)], FIRST) == ()


def test_acts_are_audited_without_names(groups):
    groups.dates.save_plan(A, PLAN)
    groups.dates.archive(A)
    groups.dates.unarchive(A)
    rows = groups.audit.rows()[-3:]

    assert [row.act for row in rows] == ["dates-changed", "group-put-away", "group-brought-back"]
    assert not any("Psychiatry" in row.details for row in rows)
