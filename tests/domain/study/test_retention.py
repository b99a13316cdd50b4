"""Retention: calendar-correct periods from their events, nothing preset, and holds that suspend them."""

from __future__ import annotations

import calendar
import os
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.study.retention import (
    MAX_COUNT,
    SOON,
    STARTS,
    Bound,
    RetainedKind,
    RetainedThing,
    RetentionPeriod,
    RetentionPeriods,
    RetentionStatus,
    StartEvent,
    Unit,
    checked_event,
    checked_period,
    due_day,
    due_first,
    last_session,
    required_label,
    required_reason,
    retained_item,
)
from balint_desktop.domain.study.retention_periods import HINTS, hints_for
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId

TODAY = date(2026, 3, 4)
SOURCE = "approval 023473, section 4"
THIRTY_DAYS = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, SOURCE)
AUDIO = RetainedThing(
    RetainedKind.AUDIO, RecordingId("r"), 3, events={StartEvent.TRANSCRIPT_VERIFIED: date(2026, 2, 2)}
)
CLOCKS = RetentionPeriods({RetainedKind.AUDIO: THIRTY_DAYS})

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
units = st.sampled_from(Unit)


def counts(unit):
    return st.integers(1, MAX_COUNT[unit])


def refused(code, act, *arguments, **named):
    with pytest.raises(Trouble) as caught:
        act(*arguments, **named)
    assert caught.value.code is code


# --- the calendar ---


@pytest.mark.parametrize(
    ("start", "count", "unit", "due"),
    [
        ("2026-02-02", 30, Unit.DAYS, "2026-03-04"),
        ("2024-02-02", 30, Unit.DAYS, "2024-03-03"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEARS, "2028-02-29"),
        ("2024-02-29", 6, Unit.YEARS, "2030-02-28"),
        ("2023-02-28", 1, Unit.YEARS, "2024-02-28"),
        ("2026-01-31", 1, Unit.MONTHS, "2026-02-28"),
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),
        ("2026-08-31", 1, Unit.MONTHS, "2026-09-30"),
        ("2026-12-31", 2, Unit.MONTHS, "2027-02-28"),
        ("2026-11-15", 14, Unit.MONTHS, "2028-01-15"),
    ],
)
def test_a_period_ends_on_the_calendar_day(start, count, unit, due):
    assert due_day(date.fromisoformat(start), count, unit) == date.fromisoformat(due)


@given(days, st.data())
def test_a_period_ends_after_its_start_and_a_longer_one_never_earlier(start, data):
    unit = data.draw(units)
    count = data.draw(counts(unit))

    due = due_day(start, count, unit)

    assert due > start
    assert due_day(start, count, Unit.DAYS) == start + timedelta(days=count)
    if count < MAX_COUNT[unit]:
        assert due_day(start, count + 1, unit) >= due


@given(days, st.integers(1, 100))
def test_a_year_is_twelve_months_and_ends_on_the_same_day_where_it_exists(start, years):
    due = due_day(start, years, Unit.YEARS)

    assert due == due_day(start, years * 12, Unit.MONTHS)
    assert (due.year, due.month) == (start.year + years, start.month)
    assert due.day == min(start.day, calendar.monthrange(due.year, due.month)[1])


@given(days, days, st.data())
def test_a_later_start_is_not_due_earlier(one, other, data):
    unit = data.draw(units)
    count = data.draw(counts(unit))
    first, second = sorted((one, other))

    assert due_day(first, count, unit) <= due_day(second, count, unit)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a process is set on Unix alone")
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Europe/London", "America/New_York"])
def test_daylight_saving_moves_no_due_day(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        # A session late in the evening, with daylight saving starting or ending within its thirty days.
        for evening in (date(2026, 3, 10), date(2026, 9, 10), date(2026, 10, 20)):
            wall = (
                datetime.combine(evening, datetime.min.time(), ZoneInfo(zone)).replace(hour=23, minute=30).timestamp()
            )
            assert day_of(wall) == evening
            assert due_day(day_of(wall), 30, Unit.DAYS) == evening + timedelta(days=30)
    finally:
        monkeypatch.delenv("TZ")
        os.environ.pop("TZ", None)
        time.tzset()


# --- how it is with a thing ---


def test_nothing_is_preset():
    assert RetentionPeriods().clocks == {}
    assert retained_item(AUDIO, RetentionPeriods(), TODAY).status is RetentionStatus.NO_PERIOD
    assert retained_item(AUDIO, RetentionPeriods(), TODAY).due is None


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        ("2026-02-02", RetentionStatus.RUNNING),
        ("2026-02-17", RetentionStatus.RUNNING),
        ("2026-02-18", RetentionStatus.SOON),
        ("2026-03-03", RetentionStatus.SOON),
        ("2026-03-04", RetentionStatus.DUE),
        ("2030-01-01", RetentionStatus.DUE),
    ],
)
def test_a_recording_is_due_thirty_days_after_its_transcript_was_verified(today, standing):
    found = retained_item(AUDIO, CLOCKS, date.fromisoformat(today))

    assert found.status is standing
    assert found.due == date(2026, 3, 4)
    assert found.is_over == (standing is RetentionStatus.DUE)


def test_without_its_starting_event_there_is_no_due_day():
    waiting = retained_item(replace(AUDIO, events={StartEvent.RECORDED: date(2026, 1, 5)}), CLOCKS, TODAY)

    assert (waiting.status, waiting.due, waiting.started) == (RetentionStatus.WAITING, None, None)


def test_each_kind_has_its_own_clock():
    transcript = replace(AUDIO, kind=RetainedKind.TRANSCRIPT)

    assert retained_item(transcript, CLOCKS, TODAY).status is RetentionStatus.NO_PERIOD
    ten = CLOCKS.with_clock(RetainedKind.TRANSCRIPT, replace(THIRTY_DAYS, count=10, unit=Unit.YEARS))
    assert retained_item(transcript, ten, TODAY).due == date(2036, 2, 2)
    assert retained_item(AUDIO, ten, TODAY).due == date(2026, 3, 4)
    assert ten.with_clock(RetainedKind.TRANSCRIPT, None) == CLOCKS


@given(days, st.sampled_from(RetainedKind), st.dictionaries(st.sampled_from(StartEvent), days), st.data())
def test_data_under_hold_is_never_due_whatever_its_clock(today, kind, events, data):
    starts = data.draw(st.sampled_from(STARTS[kind]))
    clocks = RetentionPeriods({kind: replace(THIRTY_DAYS, starts=starts)})
    thing = RetainedThing(kind, events=events)

    held = retained_item(replace(thing, is_held=True), clocks, today)

    assert held.status is RetentionStatus.HELD
    assert not held.is_over
    assert held.due == retained_item(thing, clocks, today).due


@given(st.lists(st.tuples(days, st.booleans(), st.booleans()), max_size=8))
def test_the_earliest_due_comes_first_and_destroyed_items_last(found):
    things = [
        retained_item(
            RetainedThing(
                RetainedKind.AUDIO,
                events={StartEvent.TRANSCRIPT_VERIFIED: day},
                is_held=held,
                destroyed_on=day if gone else None,
            ),
            CLOCKS,
            TODAY,
        )
        for day, held, gone in found
    ]

    shown = due_first(things)

    assert sorted(map(id, shown)) == sorted(map(id, things))
    running = [
        one.due for one in shown if one.status in {RetentionStatus.DUE, RetentionStatus.SOON, RetentionStatus.RUNNING}
    ]
    assert running == sorted(running)
    assert [one.status for one in shown[: len(running)]].count(RetentionStatus.HELD) == 0
    gone = [one.status is RetentionStatus.GONE for one in shown]
    assert gone == sorted(gone)


def test_due_soon_is_reported_two_weeks_ahead():
    assert timedelta(days=14) == SOON


# --- invalid input ---


@pytest.mark.parametrize("count", [0, -1, -30])
def test_an_empty_period_is_refused(count):
    refused(TroubleCode.PERIOD_EMPTY, checked_period, RetainedKind.AUDIO, replace(THIRTY_DAYS, count=count))


@pytest.mark.parametrize("unit", Unit)
def test_a_period_over_a_hundred_years_is_refused_as_a_typing_error(unit):
    most = replace(THIRTY_DAYS, unit=unit, count=MAX_COUNT[unit])

    assert checked_period(RetainedKind.AUDIO, most) == most
    refused(TroubleCode.PERIOD_TOO_LONG, checked_period, RetainedKind.AUDIO, replace(most, count=most.count + 1))


@pytest.mark.parametrize("source", ["", "   ", "the approval", "approval, section four"])
def test_an_approval_without_a_number_is_refused(source):
    refused(
        TroubleCode.APPROVAL_WITHOUT_NUMBER, checked_period, RetainedKind.AUDIO, replace(THIRTY_DAYS, source=source)
    )


def test_a_source_is_normalised():
    assert (
        checked_period(RetainedKind.AUDIO, replace(THIRTY_DAYS, source="  approval 023473,\n section 4 "))
        == THIRTY_DAYS
    )


def test_a_form_cannot_start_its_clock_with_a_recording():
    with pytest.raises(ValueError, match="does not start"):
        checked_period(RetainedKind.CONSENT_FORMS, THIRTY_DAYS)


def test_an_event_in_the_future_is_refused_and_one_before_the_recording_too():
    tomorrow = TODAY + timedelta(days=1)
    assert checked_event(TODAY, TODAY, not_before=TODAY) == TODAY
    refused(TroubleCode.DAY_TO_COME, checked_event, tomorrow, TODAY)
    refused(TroubleCode.DAY_TOO_EARLY, checked_event, date(2026, 3, 3), TODAY, not_before=TODAY)


def test_who_and_how_are_required():
    assert required_label("  coordinator ") == "coordinator"
    refused(TroubleCode.LABEL_MISSING, required_label, " ")
    refused(TroubleCode.REASON_MISSING, required_reason, "\n")


# --- hints and places ---


def test_hints_name_their_source_and_none_covers_audio_or_names():
    assert {(hint.count, hint.unit) for hint in HINTS} == {(6, Unit.YEARS), (10, Unit.YEARS)}
    assert all(hint.bound is Bound.KEEP_AT_LEAST and hint.source for hint in HINTS)
    assert hints_for(RetainedKind.AUDIO) == hints_for(RetainedKind.CODE_KEY) == ()
    assert len(hints_for(RetainedKind.CONSENT_FORMS)) == 2


def test_a_hint_alone_is_no_approval():
    # The regulations of 1996 have a number, but an approval has yet to name them; the window never copies it.
    aut = HINTS[0]
    refused(
        TroubleCode.APPROVAL_WITHOUT_NUMBER,
        checked_period,
        RetainedKind.CONSENT_FORMS,
        RetentionPeriod(aut.starts, aut.count, aut.unit, aut.bound, ""),
    )


def test_a_storage_place_can_be_added_and_removed():
    there = RetentionPeriods().with_place(RetainedKind.CONSENT_FORMS, "  locked cabinet,  room 3 ")

    assert there.places == {RetainedKind.CONSENT_FORMS: "locked cabinet, room 3"}
    assert there.with_place(RetainedKind.CONSENT_FORMS, " ") == RetentionPeriods()


# --- the last session ---


def test_a_group_ends_with_the_last_day_of_its_calendar():
    planned = [date(2026, 2, 4), date(2026, 3, 4)]

    assert last_session(6, [date(2026, 2, 4)], planned, date(2026, 3, 3)) is None
    assert last_session(6, [date(2026, 2, 4)], planned, date(2026, 3, 4)) == date(2026, 3, 4)
    assert last_session(6, [date(2026, 3, 10)], planned, date(2026, 3, 10)) == date(2026, 3, 10)


def test_without_a_calendar_a_group_ends_after_its_number_of_sessions():
    met = [date(2026, 2, day) for day in (4, 11, 18)]

    assert last_session(4, met, (), TODAY) is None
    assert last_session(3, met, (), TODAY) == date(2026, 2, 18)
    assert last_session(6, (), (), TODAY) is None


def test_an_event_is_looked_up_only_for_a_period_that_starts_with_it():
    assert CLOCKS.ask_for(StartEvent.TRANSCRIPT_VERIFIED) is True
    assert CLOCKS.ask_for(StartEvent.STUDY_ENDED) is False
    assert RetentionPeriods().ask_for(StartEvent.TRANSCRIPT_VERIFIED) is False


def test_a_reason_is_needed_and_tidied():
    refused(TroubleCode.REASON_MISSING, required_reason, " \n")
    assert required_reason("  entered\n twice ") == "entered twice"
