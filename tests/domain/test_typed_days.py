"""Days as people type them: ISO always, the locale's order where it is known, any digits; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.typed_days import order_of, read_day

MARCH = date(2026, 3, 4)


@given(st.dates(), st.sampled_from(["", "dmy", "mdy", "ymd"]))
def test_iso_is_read_whatever_the_locale(day, order):
    assert read_day(day.isoformat(), order) == day


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("4/3/2026", "dmy"),
        ("04.03.2026", "dmy"),
        ("4. 3. 26", "dmy"),
        ("3/4/2026", "mdy"),
        ("2026/3/4", "dmy"),
        ("26-03-04", "ymd"),
        ("2026年3月4日", "ymd"),
        ("۴/۳/۲۰۲۶", "dmy"),
        ("  2026-03-04\n", ""),
    ],
)
def test_a_day_is_read_in_the_order_of_the_locale_with_any_signs_between_and_any_digits(text, order):
    assert read_day(text, order) == MARCH


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("4/3/2026", ""),
        ("tomorrow", "dmy"),
        ("", "dmy"),
        ("4/3", "dmy"),
        ("4 March 2026", "dmy"),
        ("2026-03-04 10", "dmy"),
        ("4/3/x/2026", "dmy"),
        ("2026/2026/4", "dmy"),
        ("4/300/2026", "dmy"),
    ],
)
def test_what_cannot_be_read_as_a_day_is_told_apart_from_a_day_that_is_not_there(text, order):
    with pytest.raises(Trouble) as refused:
        read_day(text, order)

    assert (refused.value.code, refused.value.details) == (TroubleCode.DAY_UNREADABLE, {"name": text.strip()})


@pytest.mark.parametrize(
    ("text", "order"), [("2026-02-31", ""), ("2025-02-29", ""), ("2026-13-01", ""), ("31/2/2026", "dmy")]
)
def test_a_day_that_the_calendar_does_not_have_is_refused(text, order):
    with pytest.raises(Trouble) as refused:
        read_day(text, order)

    assert refused.value.code is TroubleCode.NO_SUCH_DAY
    assert read_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("example", "order"),
    [
        ("22/11/33", "dmy"),
        ("22.11.2033", "dmy"),
        ("11/22/2033", "mdy"),
        ("2033年11月22日", "ymd"),
        ("۲۰۳۳/۱۱/۲۲", "ymd"),
        ("22 Nov 2033", ""),
        ("", ""),
    ],
)
def test_the_order_of_a_locale_is_seen_from_a_day_that_it_writes(example, order):
    assert order_of(example) == order
