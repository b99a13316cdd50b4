"""Progress towards a facilitator's aims: sessions and cases apart, in whatever order entries come."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.accreditation.progress import (
    Measure,
    a_year_before,
    count_progress,
    is_sum,
    roles_not_noted,
    sessions_counted,
)
from balint_desktop.domain.accreditation.values import (
    AccreditationFacts,
    EntryId,
    LedSession,
    Meeting,
    MeetingKind,
    OwnRole,
    Supervision,
)
from balint_desktop.domain.values import SessionId

TODAY = date(2026, 3, 18)
_ids = itertools.count()


def led(day=TODAY, **details):
    return LedSession(SessionId(f"s-{next(_ids)}"), day, **details)


def met(kind, day=TODAY, **details):
    return Meeting(EntryId(f"m-{next(_ids)}"), day, kind, details.pop("minutes", 90), **details)


def supervised(day=TODAY, **details):
    return Supervision(EntryId(f"v-{next(_ids)}"), day, 50, "A. B.", **details)


def so_far(measure, *entries):
    return count_progress(measure, facts(*entries), TODAY).so_far


def facts(*entries):
    of = [tuple(one for one in entries if isinstance(one, kind)) for kind in (LedSession, Supervision, Meeting)]
    return AccreditationFacts(*of)


days = st.dates(date(2023, 1, 1), TODAY + timedelta(days=40))
roles = st.none() | st.sampled_from(OwnRole)
counts = st.integers(0, 12)
sessions = st.builds(
    LedSession,
    id=st.uuids().map(lambda u: SessionId(str(u))),
    day=days,
    cases=st.integers(0, 2),
    role=roles,
    online=st.booleans(),
    evaluation=st.booleans(),
)
supervisions = st.builds(
    Supervision,
    id=st.uuids().map(lambda u: EntryId(str(u))),
    day=days,
    minutes=st.just(50),
    supervisor=st.just("A. B."),
    recordings_used=st.booleans(),
)
meetings = st.builds(
    lambda span, **details: Meeting(last_day=details["day"] + timedelta(days=span), **details),
    span=st.integers(0, 200),
    id=st.uuids().map(lambda u: EntryId(str(u))),
    day=days,
    kind=st.sampled_from(MeetingKind),
    minutes=st.just(90),
    sessions=counts,
    cases=counts,
    role=roles,
    online=st.booleans(),
)
paths = st.lists(sessions | supervisions | meetings, max_size=25)
sums = [measure for measure in Measure if is_sum(measure)]


@given(paths, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_number(entries, random):
    mixed = list(entries)
    random.shuffle(mixed)

    for measure in Measure:
        assert count_progress(measure, facts(*entries), TODAY) == count_progress(measure, facts(*mixed), TODAY)


@given(paths)
def test_every_total_is_the_sum_of_its_items_here_and_elsewhere(entries):
    for measure in sums:
        number = count_progress(measure, facts(*entries), TODAY)
        assert number.so_far == sum(item.amount for item in number.items)
        if number.here is not None:
            assert number.so_far == number.here + number.elsewhere
        assert all(item.amount > 0 for item in number.items)


@given(paths, sessions | supervisions | meetings)
def test_adding_an_entry_never_lowers_a_number(entries, more):
    for measure in Measure:
        if measure is not Measure.FACE_TO_FACE:
            assert so_far(measure, *entries, more) >= so_far(measure, *entries)


@given(paths)
def test_lead_co_lead_alone_and_not_noted_are_all_sessions_led(entries):
    result = facts(*entries)
    apart = [count_progress(m, result, TODAY).so_far for m in (Measure.SESSIONS_LEAD, Measure.SESSIONS_CO_LED)]
    alone = count_progress(Measure.SESSIONS_SOLO, result, TODAY).so_far

    assert sum(apart) + alone + roles_not_noted(result, TODAY) == count_progress(Measure.SESSIONS, result, TODAY).so_far


@given(paths)
def test_entries_in_the_future_do_not_count(entries):
    past = [one for one in entries if (one.until if isinstance(one, Meeting) else one.day) <= TODAY]

    for measure in Measure:
        assert count_progress(measure, facts(*entries), TODAY) == count_progress(measure, facts(*past), TODAY)


@given(paths)
def test_the_face_to_face_share_is_a_whole_number_of_per_cent_never_rounded_up(entries):
    number = count_progress(Measure.FACE_TO_FACE, facts(*entries), TODAY)
    there, whole = sum(i.amount for i in number.items), sum(i.out_of for i in number.items)

    assert 0 <= number.so_far <= 100
    assert number.so_far * whole <= 100 * there
    assert (number.so_far == 100) == (whole > 0 and there == whole)


@given(paths, st.integers(0, 2))
def test_the_number_of_cases_changes_no_count_of_sessions(entries, cases):
    found = [replace(one, cases=cases) if isinstance(one, LedSession) else one for one in entries]

    for measure in set(Measure) - {Measure.CASES}:
        assert so_far(measure, *found) == so_far(measure, *entries)


def test_sessions_and_cases_are_counted_separately():
    entries = led(cases=2), led(cases=1), led(cases=0), met(MeetingKind.LED, sessions=4, cases=6)

    assert so_far(Measure.SESSIONS, *entries) == 7
    assert so_far(Measure.CASES, *entries) == 9


def test_here_and_elsewhere_are_counted_separately():
    number = count_progress(Measure.SESSIONS, facts(led(), led(), met(MeetingKind.LED, sessions=3)), TODAY)

    assert (number.here, number.elsewhere) == (2, 3)


def test_an_evaluation_session_counts_as_no_session_led():
    result = facts(led(evaluation=True, cases=1), led(cases=1))

    assert count_progress(Measure.SESSIONS, result, TODAY).so_far == 1
    assert count_progress(Measure.CASES, result, TODAY).so_far == 1
    assert len(sessions_counted(result, TODAY)) == 1


def test_a_role_that_was_not_noted_counts_as_led_and_as_nothing_more():
    assert so_far(Measure.SESSIONS, led()) == 1
    assert so_far(Measure.SESSIONS_LEAD, led()) == so_far(Measure.SESSIONS_SOLO, led()) == 0


@pytest.mark.parametrize(
    ("measure", "kind", "expected"),
    [
        (Measure.WEEKENDS, MeetingKind.WEEKEND, 1),
        (Measure.INTENSIVES, MeetingKind.INTENSIVE, 1),
        (Measure.EVENTS, MeetingKind.EVENT, 1),
        (Measure.MEMBER_SESSIONS, MeetingKind.MEMBER, 8),
    ],
)
def test_weekends_and_intensives_count_once_and_a_members_sessions_each(measure, kind, expected):
    assert so_far(measure, *(met(one, sessions=8) for one in MeetingKind)) == expected
    assert so_far(measure, *(met(one, sessions=8) for one in MeetingKind if one is not kind)) == 0


@pytest.mark.parametrize(
    ("day", "expected"), [(TODAY, 1), (date(2025, 3, 19), 1), (date(2025, 3, 18), 0), (TODAY + timedelta(days=1), 0)]
)
def test_supervision_per_year_looks_back_exactly_one_year(day, expected):
    assert so_far(Measure.SUPERVISIONS_YEAR, supervised(day)) == expected


def test_supervision_with_recordings_is_counted_separately():
    entries = supervised(recordings_used=True), supervised()

    assert so_far(Measure.SUPERVISIONS, *entries) == 2
    assert so_far(Measure.SUPERVISIONS_RECORDED, *entries) == 1


def test_months_of_leading_are_the_longest_run_without_a_gap():
    run = [led(date(2024, month, 28)) for month in (10, 11, 12)] + [led(date(2025, 1, 2)), led(date(2025, 1, 30))]

    assert so_far(Measure.MONTHS, *run) == 4
    assert so_far(Measure.MONTHS, *run, led(date(2025, 3, 1)), led(date(2025, 4, 1))) == 4
    assert so_far(Measure.MONTHS, *run, led(date(2025, 2, 1)), led(date(2025, 3, 1))) == 6


@pytest.mark.parametrize(("held", "months"), [(6, 6), (7, 6), (5, 1), (0, 0)])
def test_a_group_led_elsewhere_counts_in_each_month_only_where_it_met_in_each(held, months):
    entry = met(MeetingKind.LED, date(2025, 1, 10), last_day=date(2025, 6, 20), sessions=held)

    assert so_far(Measure.MONTHS, entry) == months


def test_half_face_to_face_includes_meetings_attended():
    entries = led(), led(online=True), met(MeetingKind.MEMBER, sessions=2, online=True), met(MeetingKind.LED)

    assert so_far(Measure.FACE_TO_FACE, *entries) == 40
    assert so_far(Measure.FACE_TO_FACE) == 0


def test_a_year_before_the_leap_day_is_the_day_before_it():
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
