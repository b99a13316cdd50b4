"""Default values of a session entered afterwards: its number, kind, format and start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.group.dates import PlannedSession, day_of, is_evaluation, new_plan, wall_of
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import LONGEST_S, Field, Overlay
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.entered_afterwards import (
    AfterwardsEntry,
    build_facts,
    build_overlay,
    likely_session,
    validated_entry,
)
from balint_desktop.domain.session.state import elapsed_s, replay
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind, participant_code

WEDNESDAY = date(2026, 3, 4)
LONG_AFTER = wall_of(date(2026, 6, 1), "12:00")
GROUP = Group(GroupId("g"), "Block B", 6, new_participants(6), format_key="two-cases")
FIRST = PlannedSession(1, WEDNESDAY, "14:00")
P1, P2, P10 = (participant_code(number) for number in (1, 2, 10))
BEGAN = wall_of(WEDNESDAY, "14:00")
ENTRY = AfterwardsEntry(
    SessionSetting(GroupId("g"), 2, SessionKind.CASE, "student-hour", ""), BEGAN, 3300.0, (P10, P1), {1: P2}
)


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

    usual = likely_session(GROUP, 1, FIRST, WEDNESDAY, now)
    assert (usual.began_wall, usual.lasted_s) == (now - 3600, 3600)
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


# --- what is stored of an entry ---


def test_an_entry_becomes_a_session_that_began_and_ended_as_it_says(hour):
    began, ended = build_facts(ENTRY)
    state = replay(hour, (began, ended))

    assert (began.kind, began.at.wall, ended.kind, ended.at.wall) == ("began", BEGAN, "ended", BEGAN + 3300)
    assert (state.present, state.ended_s, state.guessed) == ({P1, P10}, 3300.0, False)
    assert elapsed_s(state, ended.at) == 3300.0


def test_an_entry_has_no_other_facts():
    assert [type(fact) for fact in build_facts(ENTRY)] == [f.Began, f.Ended]


@pytest.mark.parametrize(
    ("online", "values"),
    [(None, {}), (True, {Field.ONLINE: True}), (False, {Field.ONLINE: False})],
)
def test_presenters_lie_over_the_facts_and_so_does_the_place_if_it_was_entered(online, values):
    assert build_overlay(replace(ENTRY, online=online)) == Overlay({Field.PRESENTERS: {1: P2}, **values})


def test_an_entry_is_stored_with_its_presenters_among_those_present_and_all_in_order():
    found = validated_entry(replace(ENTRY, presenters={2: P1, 1: P2}), LONG_AFTER)

    assert found == replace(ENTRY, present=(P1, P2, P10), presenters={1: P2, 2: P1})
    assert list(found.presenters) == [1, 2]


def test_an_entry_can_be_made_as_soon_as_the_session_is_over():
    assert validated_entry(ENTRY, BEGAN + 3300).began_wall == BEGAN


@pytest.mark.parametrize(
    ("change", "now", "code", "details"),
    [
        ({}, BEGAN + 3299, TroubleCode.DAY_TO_COME, {}),
        ({"lasted_s": 0.0}, LONG_AFTER, TroubleCode.VALUE_IMPOSSIBLE, {"name": Field.LASTED}),
        ({"lasted_s": LONGEST_S + 1.0}, LONG_AFTER, TroubleCode.VALUE_IMPOSSIBLE, {"name": Field.LASTED}),
        (
            {"setting": replace(ENTRY.setting, number=0)},
            LONG_AFTER,
            TroubleCode.VALUE_IMPOSSIBLE,
            {"name": Field.NUMBER},
        ),
        ({"presenters": {0: P1}}, LONG_AFTER, TroubleCode.VALUE_IMPOSSIBLE, {"name": Field.PRESENTERS}),
    ],
    ids=["not over", "no length", "too long", "no number", "no case"],
)
def test_an_impossible_entry_is_refused_with_its_reason(change, now, code, details):
    with pytest.raises(Trouble) as caught:
        validated_entry(replace(ENTRY, **change), now)
    assert (caught.value.code, caught.value.details) == (code, details)
