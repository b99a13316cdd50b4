"""Days and times as people type them: the order, the digits and the names of their locale, and always ISO."""

from __future__ import annotations

from datetime import date

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.days import conventions, parse_day, parse_time

DAY = date(2026, 3, 4)
NEAR = date(2027, 6, 1)

ENGLISH = (
    "January February March April May June July August September October November December".split(),
    "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(),
)
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
PERSIAN = "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split()
ARABIC = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
JAPANESE = [f"{number}月" for number in range(1, 13)]

# Each locale's formats according to Qt: see tests/ui/widgets/test_dates.py, where Qt is asked itself.
LOCALES = {
    "en_GB": conventions("dMy", zip(*ENGLISH, strict=True), ["Wednesday, 4 March 2026"], ["am"], ["pm"]),
    "en_US": conventions("Mdy", zip(*ENGLISH, strict=True), ["Wednesday, March 4, 2026"], ["AM"], ["PM"]),
    "de_DE": conventions("dMy", [[name] for name in GERMAN], ["Mittwoch, 4. März 2026"], ["AM"], ["PM"]),
    "fa_IR": conventions(
        "yMd", [[name] for name in PERSIAN], ["چهارشنبه ۴ مارس ۲۰۲۶"], ["قبل\u200cازظهر"], ["بعدازظهر"]
    ),
    "ar_EG": conventions("dMy", [[name] for name in ARABIC], ["الأربعاء، ٤ مارس ٢٠٢٦"], ["ص"], ["م"]),
    "ja_JP": conventions(
        "yMd", [[name] for name in JAPANESE], ["2026年3月4日水曜日", "2026年3月4日"], ["午前"], ["午後"]
    ),
    "C": conventions("dMy", zip(*ENGLISH, strict=True), ["Wednesday, 4 March 2026"], ["AM"], ["PM"]),
}

READ = [
    (
        "en_GB",
        ("04/03/2026", "4/3/2026", "4.3.26", "4 3 2026", "4-3-2026", "4 March 2026", "4 mar 2026", "March 4, 2026"),
    ),
    ("en_GB", ("Wednesday, 4 March 2026", "wednesday 4 march 26", "4 sept 2026")),
    ("en_US", ("3/4/2026", "03-04-26", "3.4.2026", "March 4, 2026", "4 March 2026", "Wednesday, March 4, 2026")),
    ("de_DE", ("04.03.2026", "4.3.26", "4/3/2026", "4. März 2026", "4. mär 2026", "Mittwoch, 4. März 2026")),
    ("fa_IR", ("۲۰۲۶/۳/۴", "2026/3/4", "۲۶/۰۳/۰۴", "۴ مارس ۲۰۲۶", "چهارشنبه ۴ مارس ۲۰۲۶", "٢٠٢٦/٣/٤")),
    ("ar_EG", ("٤\u200f/٣\u200f/٢٠٢٦", "٤/٣/٢٠٢٦", "4/3/2026", "٤ مارس ٢٠٢٦", "الأربعاء، ٤ مارس ٢٠٢٦")),
    ("ja_JP", ("2026/03/04", "26/3/4", "2026年3月4日", "2026年3月4日水曜日", "２０２６年３月４日")),
    ("ja_JP", ("4/3/2026", "4.3.2026")),
    ("fa_IR", ("4/3/2026", "۴/۳/۲۰۲۶")),
    ("C", ("4 03 2026", "4 Mar 2026", "4/3/2026", "Wednesday, 4 March 2026")),
]


@pytest.mark.parametrize(("locale", "typed"), [(locale, typed) for locale, all_of in READ for typed in all_of])
def test_a_day_is_read_as_written_in_its_locale(locale, typed):
    expected = {"4 sept 2026": date(2026, 9, 4), "12//9/2026": date(2026, 9, 12)}.get(typed, DAY)

    assert parse_day(typed, LOCALES[locale], NEAR) == expected


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("typed", ["2026-03-04", " 2026-03-04 ", "20260304", "2026-3-4", "2026/03/04"])
def test_iso_is_read_everywhere(locale, typed):
    assert parse_day(typed, LOCALES[locale]) == DAY


@pytest.mark.parametrize(
    ("locale", "typed"), [("en_GB", "11/28/2026"), ("en_US", "28/11/2026"), ("ja_JP", "28/11/2026")]
)
def test_another_countrys_order_is_read_where_it_can_be_one_day_only(locale, typed):
    assert parse_day(typed, LOCALES[locale]) == date(2026, 11, 28)


@pytest.mark.parametrize(("typed", "year"), [("4/3/26", 2026), ("4/3/00", 2000), ("4/3/79", 2079), ("4/3/80", 1980)])
def test_a_year_of_two_digits_is_one_within_living_memory(typed, year):
    assert parse_day(typed, LOCALES["en_GB"]) == date(year, 3, 4)


def test_without_a_locale_only_iso_is_read():
    assert parse_day("2026-03-04") == DAY
    with pytest.raises(Trouble):
        parse_day("04/03/2026")


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en_GB", "4/3"),
        ("en_US", "3/4"),
        ("de_DE", "4.3."),
        ("fa_IR", "۳/۴"),
        ("ja_JP", "3月4日"),
        ("en_GB", "4 March"),
    ],
)
def test_a_missing_year_is_the_nearest_one(locale, typed):
    assert parse_day(typed, LOCALES[locale], NEAR) == date(2027, 3, 4)


def test_a_year_cannot_be_omitted_where_none_is_near():
    with pytest.raises(Trouble):
        parse_day("4/3", LOCALES["en_GB"])


NONE = [
    ("en_GB", ("31/02/2026", "29/2/2027", "32/1/2026", "13/13/2026", "1/1/126", "12", "1/2/3/4", "4/3/2026 14:00")),
    ("en_GB", ("tomorrow", "4 of March 2026", "4 M 2026", "4 March April 2026", "2026-W10-3", "-", "4 ma 2026")),
    ("en_US", ("13/14/2026", "2/30/2026", "Thirsday, March 4, 2026")),
    ("de_DE", ("31.4.2026", "4. März", "4. Marz 20266")),
    ("fa_IR", ("۲۰۲۶/۲/۳۱", "۲۰۲۶/۱۳/۱")),
    ("ar_EG", ("٣١/٢/٢٠٢٦",)),
    ("ja_JP", ("2026年2月31日", "2026年3月")),
    ("C", ("31 02 2026", "0000-01-01", "2026-00-10", "20260231", "202603041")),
]


@pytest.mark.parametrize(("locale", "typed"), [(locale, typed) for locale, all_of in NONE for typed in all_of])
def test_an_invalid_day_is_refused_quoting_the_input(locale, typed):
    with pytest.raises(Trouble) as caught:
        parse_day(typed, LOCALES[locale])

    assert (caught.value.code, caught.value.details) == (TroubleCode.NO_SUCH_DAY, {"name": typed})


@pytest.mark.parametrize("typed", ["", "   "])
def test_empty_input_is_reported_as_no_day(typed):
    with pytest.raises(Trouble) as caught:
        parse_day(typed, LOCALES["en_GB"], NEAR)

    assert caught.value.code is TroubleCode.DAY_MISSING


TIMES = [
    (
        "en_GB",
        "14:00",
        ("14", "14:00", "14.00", "1400", "14h", "14h00", "14 h 00", "2 pm", "2:00 pm", "2:00 p.m.", "2p"),
    ),
    ("en_GB", "00:15", ("0:15", "12:15 am", "12.15 a.m.", "015")),
    ("en_GB", "12:00", ("12", "12 PM", "12 pm")),
    ("en_US", "14:05", ("2:05 PM", "2:05\u202fPM", "2:05pm", "14:05")),
    ("de_DE", "14:05", ("14:05", "14.05", "14:05 Uhr", "1405")),
    ("de_DE", "14:00", ("14 Uhr",)),
    ("fa_IR", "14:05", ("۱۴:۰۵", "14:05", "۲:۰۵ بعدازظهر")),
    ("fa_IR", "02:05", ("۲:۰۵ قبل\u200cازظهر", "۲:۰۵ قبلازظهر")),
    ("ar_EG", "14:05", ("٢:٠٥ م", "2:05 pm", "١٤:٠٥")),
    ("ar_EG", "02:05", ("٢:٠٥ ص",)),
    ("ja_JP", "14:05", ("14:05", "午後2:05", "１４：０５")),
    ("C", "14:05", ("14:05", "2:05 PM")),
    ("C", "", ("", "  ")),
]


@pytest.mark.parametrize(
    ("locale", "time", "typed"), [(locale, time, typed) for locale, time, all_of in TIMES for typed in all_of]
)
def test_a_time_is_read_as_people_type_it(locale, time, typed):
    assert parse_time(typed, LOCALES[locale]) == time


@pytest.mark.parametrize(
    "typed", ["25:00", "24:00", "14:60", "13 pm", "0 am", "noon", "1:2:3", "9:5", "-3", "14:00 x", "12345", "2 pm 30"]
)
@pytest.mark.parametrize("locale", LOCALES)
def test_an_invalid_time_is_refused_quoting_the_input(locale, typed):
    with pytest.raises(Trouble) as caught:
        parse_time(typed, LOCALES[locale])

    assert (caught.value.code, caught.value.details) == (TroubleCode.NO_SUCH_TIME, {"name": typed})
