"""The locale's format of days and times, according to Qt: everything it writes can be read again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from balint_desktop.domain.trouble import Trouble
from balint_desktop.text.days import parse_day, parse_time
from balint_desktop.ui.widgets.dates import DateField, TimeField, as_typed, day_words, short_day, time_words

SHORT = {
    "en_GB": "04/03/2026",
    "en_US": "3/4/2026",
    "de_DE": "04.03.2026",
    "fa_IR": "۲۰۲۶/۳/۴",
    "ar_EG": "٤\u200f/٣\u200f/٢٠٢٦",
    "ja_JP": "2026/03/04",
    "C": "2026-03-04",
}
OTHERS = (
    "es_ES fr_FR fr_CA it_IT pt_BR nl_NL da_DK fi_FI pl_PL cs_CZ hu_HU ru_RU el_GR tr_TR he_IL ur_PK ckb_IQ ps_AF "
    "ko_KR sv_SE hi_IN bn_BD ne_NP th_TH vi_VN zh_CN zh_TW en_NZ en_ZA mi_NZ"
).split()
# Each month, each weekday, one and two digits.
DAYS = [date(2026, 1, 1) + timedelta(days=9 * n) for n in range(41)]
TIMES = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 5, 30)]


@pytest.fixture(params=[*SHORT, *OTHERS])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("locale", SHORT, indirect=True)
def test_a_day_is_written_in_the_locales_format_with_a_four_digit_year(locale):
    assert short_day(date(2026, 3, 4)) == SHORT[locale]


@pytest.mark.parametrize("write", [short_day, day_words])
def test_every_day_written_can_be_read_again(locale, write):
    assert [parse_day(write(day), as_typed()) for day in DAYS] == DAYS


def test_every_time_written_can_be_read_again(locale):
    assert [parse_time(time_words(time), as_typed()) for time in TIMES] == TIMES


def test_a_field_accepts_its_own_text(locale, qtbot):
    day, time = DateField(date(2026, 3, 4)), TimeField("14:05")
    for field in (day, time):
        qtbot.addWidget(field)
        field.editingFinished.emit()

    assert day.text() == short_day(date(2026, 3, 4))
    assert day.day() == date(2026, 3, 4)
    assert time.time_of_day() == "14:05"


@pytest.mark.parametrize("locale", ["dz_BT"], indirect=True)
def test_a_field_accepts_its_own_text_even_where_that_cannot_be_parsed(locale, qtbot):
    day, time = DateField(date(2026, 3, 4)), TimeField("14:05")
    for field in (day, time):
        qtbot.addWidget(field)
        field.editingFinished.emit()
    with pytest.raises(Trouble):
        parse_time(time_words("14:05"), as_typed())

    assert (day.day(), time.time_of_day()) == (date(2026, 3, 4), "14:05")


@given(
    locale=st.sampled_from(sorted([*SHORT, *OTHERS])),
    day=st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    time=st.times(),
)
def test_a_field_never_refuses_what_another_one_has_written(locale, day, time):
    before, at = QLocale(), f"{time:%H:%M}"
    QLocale.setDefault(QLocale(locale))
    try:
        assert [parse_day(write(day), as_typed()) for write in (short_day, day_words)] == [day, day]
        assert parse_time(time_words(at), as_typed()) == at
    finally:
        QLocale.setDefault(before)


def test_iso_is_accepted_and_rewritten_in_the_locales_format(locale, qtbot):
    field = DateField(date(2026, 3, 4))
    qtbot.addWidget(field)
    field.setText("2028-02-29")
    field.editingFinished.emit()

    assert field.day() == date(2028, 2, 29)
    assert field.text() == short_day(date(2028, 2, 29))


def test_two_in_the_afternoon_is_fourteen_in_the_locales_clock(locale, qtbot):
    field = TimeField()
    qtbot.addWidget(field)
    field.setText("2:00 pm")
    field.editingFinished.emit()

    assert field.time_of_day() == "14:00"
    assert field.text() == time_words("14:00")


def test_no_day_is_stated_in_words_and_left_empty_in_a_column():
    assert day_words(None) == "no date"
    assert short_day(None) == ""
