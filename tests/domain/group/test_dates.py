"""A group's calendar: proposed, the next session by it, sessions without a record, and two groups at one time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from balint_desktop.domain.group import date_changes as m
from balint_desktop.domain.group import dates as d
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionKind

WEDNESDAY = date(2026, 3, 4)
NONE_HELD = frozenset()


def six(**given):
    return d.new_plan(WEDNESDAY, 6, "14:00", last_evaluates=True, **given)


def days(plan):
    return [(line.number, (line.day - WEDNESDAY).days // 7) for line in plan]


def code_of(call, *given):
    with pytest.raises(Trouble) as caught:
        call(*given)
    return caught.value.code


def test_a_calendar_is_proposed_weekly_with_the_evaluation_last():
    plan = six()

    assert days(plan) == [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)]
    assert [line.kind for line in plan] == [SessionKind.CASE] * 5 + [SessionKind.EVALUATION]
    assert {line.time for line in plan} == {"14:00"}


def test_a_calendar_made_midway_continues_the_numbering():
    assert [line.number for line in d.new_plan(WEDNESDAY, 2, after=4, last_evaluates=False)] == [5, 6]


def test_a_single_session_is_no_evaluation():
    (only,) = d.new_plan(WEDNESDAY, 1, last_evaluates=True)

    assert only.kind is SessionKind.CASE


# --- the next session ---


@pytest.mark.parametrize(
    ("held", "after_days", "number"),
    [
        ((), -3, 1),
        ((), 0, 1),
        ((), 1, 1),  # a day late: it is still the first
        ((), 7, 2),  # the second one's day has come
        ((1,), 1, 2),
        ((2,), 8, 3),  # the first has no record, and that does not hold up the third
        ((1, 2, 3, 4, 5, 6), 40, None),
    ],
)
def test_the_next_session_follows_the_plan(held, after_days, number):
    found = d.next_planned(six(), frozenset(held), WEDNESDAY + timedelta(after_days))

    assert (found.number if found is not None else None) == number


def test_a_cancelled_session_is_not_the_next_and_has_no_record_to_enter():
    plan = m.cancelled(six(), NONE_HELD, 1, d.Instead.NOTHING)

    assert d.next_planned(plan, NONE_HELD, WEDNESDAY).day == date(2026, 3, 11)
    assert d.without_record(plan, NONE_HELD)[0].day == date(2026, 3, 11)


def test_sessions_that_take_place_but_were_not_held_have_no_record():
    found = d.without_record(six(), frozenset({2}))

    assert [line.number for line in found] == [1, 3, 4, 5, 6]


# --- two groups ---


@pytest.mark.parametrize(
    ("time", "other", "clash"),
    [("14:00", "14:30", True), ("14:00", "15:00", False), ("", "14:00", False), ("14:00", "13:01", True)],
)
def test_two_groups_at_the_same_time_are_found(time, other, clash):
    one, two = d.PlannedSession(1, WEDNESDAY, time), d.PlannedSession(4, WEDNESDAY, other)

    assert bool(list(d.clashes((one,), [("Paediatrics", two)]))) is clash


def test_groups_on_different_days_do_not_clash():
    assert not list(d.clashes(six(), [("Paediatrics", d.PlannedSession(1, date(2026, 3, 5), "14:00"))]))
