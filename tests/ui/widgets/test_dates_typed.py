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


def test_tab_takes_the_whole_day_and_leaves_it_at_once(page, qtbot):
    page.field.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.field.lineEdit().selectedText() == "04/03/2026"
    qtbot.keyClicks(page.field, "1/4")
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)

    assert page.other.hasFocus()
    assert page.field.day() == date(2026, 4, 1)
    assert page.field.text() == "01/04/2026"


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("", ""),
        ("14", "14:00"),
        ("9:05", "09:05"),
        ("14.30", "14:30"),
        ("1430", "14:30"),
        ("14h30", "14:30"),
        ("2 pm", "14:00"),
        ("12:15 a.m.", "00:15"),
        ("12 PM", "12:00"),
    ],
)
def test_a_time_is_taken_as_one_types_it(look_at, qtbot, typed, time):
    field = look_at(TimeField())
    qtbot.keyClicks(field, typed)
    assert field.time_of_day() == time
    field.editingFinished.emit()

    assert field.text() == time_words(time)


@pytest.mark.parametrize("typed", ["25:00", "14:60", "13 pm", "noon", "1:2:3"])
def test_what_is_no_time_is_refused_and_stays_in_view(look_at, qtbot, typed):
    field = look_at(TimeField("14:00"))
    field.clear()
    qtbot.keyClicks(field, typed)
    field.editingFinished.emit()

    assert field.text() == typed
    with pytest.raises(Trouble) as caught:
        field.time_of_day()
    assert caught.value.code is TroubleCode.NO_SUCH_TIME
