"""Days on the command line: ISO always, and the order of this computer's locale where it has one of its own."""

from __future__ import annotations

import locale
from datetime import date

import pytest

from balint_desktop.cli import days
from balint_desktop.domain.trouble import Trouble, TroubleCode

MARCH = date(2026, 3, 4)


@pytest.fixture
def writes(monkeypatch):
    """Let the locale write days so."""

    def written(form, name="xx_XX.UTF-8"):
        monkeypatch.setattr(days.locale, "setlocale", lambda *_: name)
        monkeypatch.setattr(days.time, "strftime", lambda _form, _time: form)

    return written


@pytest.mark.parametrize(
    ("form", "typed"), [("22/11/33", "4/3/2026"), ("11/22/2033", "3/4/2026"), ("2033年11月22日", "26.3.4")]
)
def test_a_day_is_taken_as_the_locale_writes_days_and_as_iso(writes, form, typed):
    writes(form)

    assert [days.typed_day(typed), days.typed_day("2026-03-04")] == [MARCH, MARCH]


def test_the_plain_c_locale_says_nothing_of_an_order_and_none_is_guessed(writes):
    writes("11/22/33", "C.UTF-8")

    assert days.typed_day("2026-03-04") == MARCH
    with pytest.raises(Trouble) as refused:
        days.typed_day("3/4/2026")
    assert refused.value.code is TroubleCode.DAY_UNREADABLE


def test_a_locale_that_is_not_installed_leaves_iso(monkeypatch):
    real = locale.setlocale

    def missing(category, name=None):
        if name == "":
            raise locale.Error("unsupported locale setting")
        return real(category, name)

    monkeypatch.setattr(days.locale, "setlocale", missing)

    assert days.typed_day("2026-03-04") == MARCH


def test_reading_a_day_leaves_the_locale_as_it_was():
    before = locale.setlocale(locale.LC_TIME)
    days.typed_day("2026-03-04")

    assert locale.setlocale(locale.LC_TIME) == before
