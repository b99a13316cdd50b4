"""Days on the command line: ISO always, and the order of this computer's locale if it has one."""

from __future__ import annotations

import locale
import time
from datetime import date

import pytest

from balint_desktop.cli import days
from balint_desktop.domain.trouble import Trouble, TroubleCode

MARCH = date(2026, 3, 4)


@pytest.fixture
def writes(monkeypatch):
    """Let the locale write a whole day like this; it names months and weekdays as this computer does."""
    real = time.strftime

    def written(whole, name="xx_XX.UTF-8"):
        monkeypatch.setattr(days.locale, "setlocale", lambda *_: name)
        monkeypatch.setattr(days.time, "strftime", lambda form, day: whole if form == "%x" else real(form, day))

    return written


@pytest.mark.parametrize(
    ("whole", "typed"), [("22/11/33", "4/3/2026"), ("11/22/2033", "3/4/2026"), ("2033年11月22日", "26.3.4")]
)
def test_a_day_is_accepted_as_the_locale_writes_days_and_as_iso(writes, whole, typed):
    writes(whole)

    assert [days.typed_day(typed), days.typed_day("2026-03-04")] == [MARCH, MARCH]


def test_a_month_may_be_named(writes):
    writes("22/11/33")

    assert days.typed_day(f"4 {time.strftime('%B', MARCH.timetuple())} 2026") == MARCH


@pytest.mark.parametrize("whole", ["11/22/33", "22. XI"])
def test_where_the_order_is_unknown_the_month_is_not_guessed(writes, whole):
    writes(whole, "C.UTF-8" if whole == "11/22/33" else "xx_XX")

    assert days.typed_day("2026-03-04") == MARCH
    with pytest.raises(Trouble) as refused:
        days.typed_day("3/4/2026")
    assert refused.value.code is TroubleCode.NO_SUCH_DAY


def test_a_locale_that_is_not_installed_leaves_only_iso(monkeypatch):
    real = locale.setlocale

    def missing(category, name=None):
        if name == "":
            raise locale.Error("unsupported locale setting")
        return real(category, name)

    monkeypatch.setattr(days.locale, "setlocale", missing)

    assert days.typed_day("2026-03-04") == MARCH


def test_reading_a_day_leaves_the_locale_unchanged():
    before = locale.setlocale(locale.LC_TIME)
    days.typed_day("2026-03-04")

    assert locale.setlocale(locale.LC_TIME) == before
