"""Changes of a group's calendar: moved, skipped, cancelled, days off; numbers in order, and nothing held is moved."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balint_desktop.domain.group import date_changes as m
from balint_desktop.domain.group import dates as d
from balint_desktop.domain.trouble import Trouble, TroubleCode
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


def test_a_session_is_moved_by_itself():
    plan = m.moved(six(), NONE_HELD, 2, date(2026, 3, 12), "15:30")

    assert [line.day for line in plan][:3] == [WEDNESDAY, date(2026, 3, 12), date(2026, 3, 18)]
    assert plan[1].time == "15:30"


def test_a_session_is_moved_with_all_that_follow():
    plan = m.moved_with_following(six(), NONE_HELD, 3, date(2026, 3, 19))

    assert [line.day for line in plan] == [
        *(WEDNESDAY, date(2026, 3, 11)),
        *(date(2026, 3, 19) + timedelta(7 * n) for n in range(4)),
    ]


def test_a_session_moved_past_another_changes_numbers_with_it():
    plan = m.moved(six(), NONE_HELD, 2, date(2026, 3, 20))

    assert [line.number for line in plan] == [1, 2, 3, 4, 5, 6]
    assert plan[2].day == date(2026, 3, 20)


def test_a_skipped_date_moves_the_rest_on_and_the_evaluation_stays_last():
    plan = m.skipped(six(), NONE_HELD, 3)

    assert days(plan) == [(1, 0), (2, 1), (3, 3), (4, 4), (5, 5), (6, 6)]
    assert [line.kind for line in plan][-2:] == [SessionKind.CASE, SessionKind.EVALUATION]


@pytest.mark.parametrize("number", [1, 6])
def test_the_first_and_the_last_date_can_be_skipped_too(number):
    plan = m.skipped(six(), NONE_HELD, number)

    assert [line.number for line in plan] == [1, 2, 3, 4, 5, 6]
    assert [line.kind for line in plan] == [SessionKind.CASE] * 5 + [SessionKind.EVALUATION]
    assert WEDNESDAY + timedelta(7 * (number - 1)) not in [line.day for line in plan]


def test_a_cancelled_session_keeps_its_day_and_takes_no_number():
    plan = m.cancelled(six(), NONE_HELD, 3, d.Instead.NOTHING)

    assert days(plan) == [(1, 0), (2, 1), (None, 2), (3, 3), (4, 4), (5, 5)]
    assert d.session_count(plan) == 5


def test_a_cancelled_session_may_be_held_later():
    plan = m.cancelled(six(), NONE_HELD, 3, d.Instead.LATER)

    assert days(plan) == [(1, 0), (2, 1), (None, 2), (3, 3), (4, 4), (5, 5), (6, 6)]
    assert d.session_count(plan) == 6


def test_one_missed_before_a_held_one_can_still_be_made_up_for():
    plan = m.cancelled(six(), frozenset({2}), 1, d.Instead.LATER)

    assert [line.number for line in plan] == [None, 2, 3, 4, 5, 6, 7]


def test_two_weeks_off_move_what_falls_there_and_all_after_it():
    plan = m.with_days_off(six(), NONE_HELD, date(2026, 3, 16), date(2026, 3, 27))

    assert days(plan) == [(1, 0), (2, 1), (3, 4), (4, 5), (5, 6), (6, 7)]


def test_days_off_on_which_nothing_is_planned_change_nothing():
    assert m.with_days_off(six(), NONE_HELD, date(2026, 3, 12), date(2026, 3, 17)) == six()


def test_days_off_follow_a_fortnightly_groups_own_rhythm():
    plan = d.new_plan(WEDNESDAY, 3, every=14, last_evaluates=False)

    assert days(m.with_days_off(plan, NONE_HELD, date(2026, 3, 18), date(2026, 3, 18))) == [(1, 0), (2, 4), (3, 6)]


def test_days_off_that_end_before_they_begin_are_refused():
    assert code_of(m.with_days_off, six(), NONE_HELD, WEDNESDAY, date(2026, 3, 3)) is TroubleCode.DAYS_REVERSED


def test_one_session_more_leaves_the_evaluation_last():
    plan = m.with_one_more(six(), NONE_HELD)

    assert days(plan)[-1] == (7, 6)
    assert [line.kind for line in plan][-2:] == [SessionKind.CASE, SessionKind.EVALUATION]


def test_a_calendar_has_an_end():
    plan = d.new_plan(WEDNESDAY, d.MAX_SESSIONS, last_evaluates=False)

    assert code_of(m.with_one_more, plan, NONE_HELD) is TroubleCode.TOO_MANY_SESSIONS


def test_one_session_more_after_a_held_evaluation_is_an_ordinary_one_and_the_evaluation_stays():
    plan = m.with_one_more(six(), frozenset({6}))

    assert plan[:6] == six()
    assert plan[6] == d.PlannedSession(7, WEDNESDAY + timedelta(6 * 7), "14:00", SessionKind.CASE)


def test_a_calendar_without_dates_has_none_to_add_to():
    assert m.with_one_more((), NONE_HELD) == ()


def test_a_preview_counts_a_session_and_the_later_ones_that_are_not_held():
    assert [m.count_following(six(), frozenset({1, 5}), number) for number in (1, 2, 5, 6, 7)] == [4, 4, 1, 1, 0]


def test_the_kind_of_one_session_changes_and_nothing_else():
    plan = m.with_kind(six(), NONE_HELD, 3, SessionKind.EVALUATION)

    assert plan[2] == d.PlannedSession(3, WEDNESDAY + timedelta(14), "14:00", SessionKind.EVALUATION)
    assert plan[:2] + plan[3:] == six()[:2] + six()[3:]


def test_the_kind_of_a_held_session_stays():
    assert code_of(m.with_kind, six(), frozenset({3}), 3, SessionKind.CASE) is TroubleCode.SESSION_HELD


@pytest.mark.parametrize("act", [m.skipped, lambda p, h, n: m.moved(p, h, n, WEDNESDAY)])
def test_what_was_held_is_not_moved(act):
    assert code_of(act, six(), frozenset({1, 2}), 2) is TroubleCode.SESSION_HELD


def test_a_session_is_not_moved_to_the_other_side_of_one_that_was_held():
    assert code_of(m.moved, six(), frozenset({2}), 3, date(2026, 3, 5)) is TroubleCode.SESSION_ORDER


# --- any order of acts ---

_SHIFT = st.integers(-20, 40)
_ACTS = st.one_of(
    st.tuples(st.just("move"), st.integers(1, 8), _SHIFT),
    st.tuples(st.just("move with following"), st.integers(1, 8), _SHIFT),
    st.tuples(st.just("skip"), st.integers(1, 8), st.just(0)),
    st.tuples(st.just("cancel"), st.integers(1, 8), st.sampled_from(list(d.Instead))),
    st.tuples(st.just("off"), st.integers(0, 60), st.integers(0, 20)),
    st.tuples(st.just("more"), st.just(0), st.just(0)),
)


def done(plan, held, act):
    what, a, b = act
    numbers = {line.number for line in plan}
    if what == "off":
        return m.with_days_off(plan, held, WEDNESDAY + timedelta(a), WEDNESDAY + timedelta(a + b))
    if what == "more":
        return m.with_one_more(plan, held)
    if a not in numbers:
        return plan
    if what == "skip":
        return m.skipped(plan, held, a)
    if what == "cancel":
        return m.cancelled(plan, held, a, b)
    day = WEDNESDAY + timedelta(7 * a + b)
    return (m.moved if what == "move" else m.moved_with_following)(plan, held, a, day)


@settings(max_examples=300)
@given(st.sets(st.integers(1, 6)), st.lists(_ACTS, max_size=12))
def test_any_order_of_acts_keeps_numbers_in_order_and_what_was_held_in_its_place(held, acts):
    held = frozenset(held)
    plan = six()
    stood = {line for line in plan if line.number in held}
    for act in acts:
        before = plan
        with contextlib.suppress(Trouble):
            plan = done(plan, held, act)
        taking = d.not_cancelled(plan)
        assert stood <= set(plan)
        assert all(a.number < b.number for a, b in pairwise(taking))
        assert all((a.day, a.time) <= (b.day, b.time) for a, b in pairwise(plan))
        assert all((line.number is None) == (line.cancelled is not None) for line in plan)
        expected = len(d.not_cancelled(before)) + (act[0] == "more") - (act[1:] != () and fewer(act, before, plan))
        assert len(taking) == expected


def fewer(act, before, plan):
    """Return how many sessions fewer there may be: one where one was cancelled without another."""
    return int(act[0] == "cancel" and act[2] is d.Instead.NOTHING and plan != before)


@settings(max_examples=100)
@given(_ACTS)
def test_an_evaluation_stays_last_unless_it_is_itself_moved_or_cancelled(act):
    if act[0] in {"move", "cancel", "move with following"}:
        return
    with contextlib.suppress(Trouble):
        plan = d.not_cancelled(done(six(), NONE_HELD, act))
        assert [line.kind for line in plan].index(SessionKind.EVALUATION) == len(plan) - 1
