from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtTest import QTest

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.dates import DateField, day_short, day_words


@pytest.fixture(params=["en_GB", "en_US", "de_DE"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_a_day_is_written_as_the_locale_does_with_its_whole_year(locale):
    written = {"en_GB": "04/03/2026", "en_US": "3/4/2026", "de_DE": "04.03.2026"}
    assert day_short(date(2026, 3, 4)) == written[locale]


def test_no_day_is_said_in_words_and_left_empty_in_a_column():
    assert day_words(None) == "no date"
    assert day_short(None) == ""


def test_a_field_gives_back_the_day_it_was_given(qtbot):
    field = DateField(date(2026, 3, 4))
    qtbot.addWidget(field)
    field.set_day(date(2028, 2, 29))
    assert field.day() == date(2028, 2, 29)


@pytest.fixture
def empty(qtbot):
    field = DateField(date(2026, 3, 4))
    qtbot.addWidget(field)
    field.clear_day()
    field.told = []
    field.edited.connect(lambda: field.told.append(field.text()))
    return field


def test_an_emptied_field_has_no_day_and_shows_none(empty):
    assert (empty.text(), empty.has_day()) == ("", False)
    with pytest.raises(Trouble, match="no-such-day"):
        empty.day()


def test_an_emptied_field_takes_the_day_it_had_before(empty):
    empty.set_day(date(2026, 3, 4))

    assert empty.day() == date(2026, 3, 4)
    assert empty.told == [empty.text()]


# the offscreen screen says so whenever a list opens
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_day_it_had_before_may_be_picked_in_the_calendar(empty):
    empty.show()
    arrow = QPoint(empty.width() - 5, empty.height() // 2)
    QTest.mouseClick(empty, Qt.MouseButton.LeftButton, pos=arrow)
    empty.calendarWidget().clicked.emit(QDate(2026, 3, 4))
    empty.calendarWidget().window().close()

    assert empty.day() == date(2026, 3, 4)
