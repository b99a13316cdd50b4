"""Days and times as they are typed: what is no day is kept in view and refused, never turned into another."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.dates import DateField, TimeField, time_words

FIRST = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def page(look_at):
    """A field and another line to go to."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.field, made.other = DateField(FIRST), QLineEdit()
    column.addWidget(made.field)
    column.addWidget(made.other)
    look_at(made)
    return made


def type_in(page, qtbot, typed):
    page.field.setFocus()
    page.field.lineEdit().selectAll()
    qtbot.keyClicks(page.field, typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/05/2026", date(2026, 5, 12)),
        ("1/4/2027", date(2027, 4, 1)),
        ("1.4.27", date(2027, 4, 1)),
        ("12/5", date(2026, 5, 12)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
@pytest.mark.parametrize("leaves", [True, False])
def test_a_day_is_taken_as_it_is_typed(page, qtbot, typed, day, leaves):
    type_in(page, qtbot, typed)
    if leaves:
        page.other.setFocus()

    assert page.field.day() == day


@pytest.mark.parametrize("typed", ["31/02/2026", "29/2/2027", "12", "", "32/1/2026", "1/1/126"])
@pytest.mark.parametrize("leaves", [True, False])
def test_what_is_no_day_is_refused_and_stays_in_view(page, qtbot, typed, leaves):
    type_in(page, qtbot, typed)
    if not typed:
        qtbot.keyClick(page.field, Qt.Key.Key_Delete)
    if leaves:
        page.other.setFocus()

    if typed:
        assert page.field.text() == typed
        with pytest.raises(Trouble) as caught:
            page.field.day()
        assert (caught.value.code, caught.value.details) == (TroubleCode.NO_SUCH_DAY, {"name": typed})


def test_a_day_set_again_takes_the_place_of_what_was_typed(page, qtbot):
    type_in(page, qtbot, "31/02/2026")
    page.other.setFocus()
    page.field.set_day(FIRST)
    page.field.setFocus()
    page.other.setFocus()

    assert page.field.day() == FIRST


def test_the_arrows_still_go_on_by_one(page, qtbot):
    type_in(page, qtbot, "12/05/2026")
    page.field.stepUp()

    assert page.field.day() != date(2026, 5, 12)


def test_a_time_may_be_none(look_at):
    field = look_at(TimeField())
    assert field.time_of_day() == ""
    field.set_time("14:05")

    assert field.time_of_day() == "14:05"
    assert time_words("14:05") == "14:05"
    assert time_words("") == ""
