"""Default values of a session entered afterwards: its number, kind, format and start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.group.dates import PlannedSession, day_of, is_evaluation, new_plan, wall_of
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.entered_afterwards import USUAL_S, likely_session
from balint_desktop.domain.values import GroupId, SessionKind

WEDNESDAY = date(2026, 3, 4)
LONG_AFTER = wall_of(date(2026, 6, 1), "12:00")
GROUP = Group(GroupId("g"), "Block B", 6, new_participants(6), format_key="two-cases")
FIRST = PlannedSession(1, WEDNESDAY, "14:00")


def test_a_local_time_of_a_day_falls_on_that_day():
    assert day_of(wall_of(WEDNESDAY, "00:00")) == day_of(wall_of(WEDNESDAY, "23:59")) == WEDNESDAY
    assert wall_of(WEDNESDAY, "14:00") - wall_of(WEDNESDAY, "12:30") == 90 * 60


@pytest.mark.parametrize(
    ("line", "time", "began"),
    [
        (FIRST, "", "14:00"),
        (FIRST, "15:30", "15:30"),
        (replace(FIRST, time=""), "", "12:00"),
        (replace(FIRST, day=date(2026, 3, 3)), "", "12:00"),
        (None, "", "12:00"),
    ],
    ids=["by the calendar", "by what is given", "no time planned", "planned for another day", "nothing planned"],
)
def test_it_begins_at_the_given_time_or_the_planned_one_and_otherwise_at_noon(line, time, began):
    assert likely_session(GROUP, 1, line, WEDNESDAY, LONG_AFTER, time=time).began_wall == wall_of(WEDNESDAY, began)


def test_on_the_current_day_it_ended_by_now_unless_its_time_is_given():
    now = wall_of(WEDNESDAY, "14:30")

    assert likely_session(GROUP, 1, FIRST, WEDNESDAY, now).began_wall == now - USUAL_S
    assert likely_session(GROUP, 1, FIRST, WEDNESDAY, now, lasted_s=60).began_wall == wall_of(WEDNESDAY, "14:00")
    assert likely_session(GROUP, 1, FIRST, WEDNESDAY, now, time="14:15").began_wall == wall_of(WEDNESDAY, "14:15")


def test_its_format_is_the_groups_except_for_the_evaluation():
    evaluation = replace(FIRST, number=6, kind=SessionKind.EVALUATION)
    ordinary = likely_session(GROUP, 1, FIRST, WEDNESDAY, LONG_AFTER)
    last = likely_session(GROUP, 6, evaluation, WEDNESDAY, LONG_AFTER)

    assert (ordinary.number, ordinary.kind, ordinary.format_key) == (1, SessionKind.CASE, "two-cases")
    assert (last.number, last.kind, last.format_key) == (6, SessionKind.EVALUATION, "evaluation")


@pytest.mark.parametrize(
    ("line", "number", "sessions", "evaluates"),
    [
        (new_plan(WEDNESDAY, 6, last_evaluates=True)[5], 6, 6, True),
        (new_plan(WEDNESDAY, 6, last_evaluates=False)[5], 6, 6, False),
        (replace(FIRST, kind=SessionKind.EVALUATION), 1, 6, True),
        (None, 6, 6, True),
        (None, 5, 6, False),
        (None, 7, 6, False),
        (None, 1, 1, True),
    ],
)
def test_the_calendar_decides_which_is_the_evaluation_and_without_one_it_is_the_last(line, number, sessions, evaluates):
    assert is_evaluation(line, number, sessions) is evaluates
