"""Days and times as typed: an invalid one stays visible and is refused, never replaced by another."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget
from wheel import turn_wheel

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.calendar import CalendarPopup
from balint_desktop.ui.widgets.dates import DateField, TimeField, focus_unreadable, time_words

FIRST = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def british():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def page(look_at):
    """A field and another line to move to."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.field, made.other = DateField(FIRST), QLineEdit()
    column.addWidget(made.field)
    column.addWidget(made.other)
    look_at(made)
    return made


def type_in(page, qtbot, typed):
    page.field.setFocus()
    page.field.selectAll()
    qtbot.keyClicks(page.field, typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/05/2026", date(2026, 5, 12)),
        ("9/12/2026", date(2026, 12, 9)),
        ("2027-04-01", date(2027, 4, 1)),
        ("1 April 2027", date(2027, 4, 1)),
        ("1/4/2027", date(2027, 4, 1)),
        ("1.4.27", date(2027, 4, 1)),
        ("12/5", date(2026, 5, 12)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
@pytest.mark.parametrize("leaves", [True, False])
def test_a_day_is_accepted_as_typed(page, qtbot, typed, day, leaves):
    type_in(page, qtbot, typed)
    if leaves:
        page.other.setFocus()

    assert page.field.day() == day


@pytest.mark.parametrize("typed", ["31/02/2026", "29/2/2027", "12", "32/1/2026", "1/1/126", "tomorrow"])
@pytest.mark.parametrize("leaves", [True, False])
def test_an_invalid_day_is_refused_and_stays_visible(page, qtbot, typed, leaves):
    type_in(page, qtbot, typed)
    if leaves:
        page.other.setFocus()

    assert page.field.text() == typed
    assert refusal(page.field.day) == (TroubleCode.NO_SUCH_DAY, {"name": typed, "example": "24/03/2026"})


def refusal(read):
    with pytest.raises(Trouble) as caught:
        read()
    return caught.value.code, caught.value.details


def empty(page, qtbot):
    page.field.setFocus()
    page.field.selectAll()
    qtbot.keyClick(page.field, Qt.Key.Key_Delete)
    page.other.setFocus()


def test_a_missing_required_day_is_reported(page, qtbot):
    empty(page, qtbot)

    assert refusal(page.field.day) == (TroubleCode.DAY_MISSING, {"example": "24/03/2026"})


def test_an_optional_day_left_empty_is_none(look_at):
    field = look_at(DateField(optional=True))

    assert field.text() == ""
    assert field.day_or_none() is None
    assert "24/03/2026" in field.placeholderText()


def test_an_invalid_optional_day_is_refused(look_at):
    field = look_at(DateField(optional=True))
    field.setText("31/02/2026")

    assert refusal(field.day_or_none) == (TroubleCode.NO_SUCH_DAY, {"name": "31/02/2026", "example": "24/03/2026"})


@pytest.mark.parametrize(
    ("typed", "code"), [("03/03/2026", TroubleCode.DAY_TOO_EARLY), ("05/04/2026", TroubleCode.DAY_TO_COME)]
)
def test_a_day_outside_the_range_is_refused_and_never_replaced(page, qtbot, typed, code):
    page.field.set_range(first=FIRST, last=date(2026, 4, 4))
    type_in(page, qtbot, typed)
    page.other.setFocus()

    assert page.field.text() == typed
    assert refusal(page.field.day) == (code, {})


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 1, 1), FIRST), (date(2027, 1, 1), date(2026, 4, 4))])
def test_a_proposed_day_is_clamped_to_the_range(page, day, shown):
    page.field.set_range(first=FIRST, last=date(2026, 4, 4))
    page.field.set_day(day)

    assert page.field.day() == shown


def test_setting_a_day_replaces_what_was_typed(page, qtbot):
    type_in(page, qtbot, "31/02/2026")
    page.other.setFocus()
    page.field.set_day(FIRST)
    page.field.setFocus()
    page.other.setFocus()

    assert page.field.day() == FIRST


@pytest.mark.parametrize(("key", "day"), [(Qt.Key.Key_Up, date(2026, 6, 1)), (Qt.Key.Key_Down, date(2026, 5, 30))])
def test_the_arrows_step_by_a_day(page, qtbot, key, day):
    type_in(page, qtbot, "31/05/2026")
    qtbot.keyClick(page.field, key)

    assert page.field.day() == day


def test_the_arrows_leave_an_invalid_day_alone(page, qtbot):
    type_in(page, qtbot, "31/02/2026")
    qtbot.keyClick(page.field, Qt.Key.Key_Up)

    assert page.field.text() == "31/02/2026"


@pytest.mark.parametrize("reason", [Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason])
def test_a_day_is_one_field_and_tab_leaves_it_at_once(page, qtbot, reason):
    page.other.setFocus()
    page.field.setFocus(reason)
    qtbot.keyClicks(page.field, "1/4")
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)

    assert page.other.hasFocus()
    assert page.field.day() == date(2026, 4, 1)
    assert page.field.text() == "01/04/2026"


def test_selecting_all_and_retyping_leaves_nothing_of_the_old_day(page, qtbot):
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.field, "12/12/2026")

    assert page.field.text() == "12/12/2026"


def test_a_change_is_reported_once_typing_is_complete(page, qtbot):
    received = []
    page.field.changed.connect(lambda: received.append(page.field.text()))
    type_in(page, qtbot, "1/4/27")
    assert received == []
    page.other.setFocus()
    page.field.setFocus()
    page.other.setFocus()

    assert received == ["01/04/2027"]


def test_unreadable_input_is_reported_as_a_change_too(page, qtbot):
    received = []
    page.field.changed.connect(lambda: received.append(page.field.text()))
    type_in(page, qtbot, "31/02/2026")
    page.other.setFocus()

    assert received == ["31/02/2026"]


# --- the mouse ---


@pytest.mark.parametrize("focused", [True, False])
@pytest.mark.parametrize("make", [lambda: DateField(FIRST), lambda: TimeField("14:00")])
def test_the_wheel_scrolls_the_page_and_changes_nothing(look_at, make, focused):
    page = look_at(QWidget())
    field = make()
    field.setParent(page)
    field.show()
    if focused:
        field.setFocus()
    before = field.text()
    event = turn_wheel(field)

    assert field.text() == before
    assert not event.isAccepted()


# The offscreen platform's warning about any popup.
offscreen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def calendar_of(page):
    (shown,) = page.field.findChildren(CalendarPopup)
    return shown


@offscreen
@pytest.mark.parametrize("opens", ["a click", "a key"])
def test_a_calendar_opens_on_the_day_that_is_typed(page, qtbot, opens):
    type_in(page, qtbot, "12/05/2026")
    if opens == "a click":
        page.field._button.click()
    else:
        qtbot.keyClick(page.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert calendar_of(page).isVisible()
    assert calendar_of(page).selectedDate() == QDate(2026, 5, 12)
    calendar_of(page).close()


@offscreen
def test_a_day_picked_from_the_calendar_is_shown_in_the_field(page, qtbot):
    page.field.show_calendar()
    calendar = calendar_of(page)
    calendar.clicked.emit(QDate(2026, 5, 12))

    assert page.field.day() == date(2026, 5, 12)
    assert not calendar.isVisible()
    assert page.field.hasFocus()


@offscreen
def test_leaving_the_calendar_changes_nothing(page, qtbot):
    page.field.show_calendar()
    calendar = calendar_of(page)
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)

    assert not calendar.isVisible()
    assert page.field.day() == FIRST


@offscreen
def test_the_calendar_offers_no_day_outside_the_range(page):
    page.field.set_range(first=date(2026, 3, 2), last=date(2026, 3, 9))
    page.field.show_calendar()
    calendar = calendar_of(page)

    assert (calendar.minimumDate(), calendar.maximumDate()) == (QDate(2026, 3, 2), QDate(2026, 3, 9))
    calendar.close()


@offscreen
@pytest.mark.parametrize("locale", ["en_GB", "fa_IR"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_calendar_has_room_for_the_weekday_names_and_six_weeks(page, theme, locale, scale):
    QLocale.setDefault(QLocale(locale))
    theme.set_scale(scale)
    page.field.show_calendar()
    calendar = calendar_of(page)
    view = calendar.findChild(QTableView)

    assert calendar.width() >= calendar.sizeHint().width()
    assert view.rowHeight(6) >= view.fontMetrics().height()
    assert view.rowViewportPosition(6) + view.rowHeight(6) <= view.viewport().height()
    calendar.close()


# --- times ---


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
def test_a_time_is_accepted_as_people_type_it(look_at, qtbot, typed, time):
    field = look_at(TimeField())
    qtbot.keyClicks(field, typed)
    assert field.time_of_day() == time
    field.editingFinished.emit()

    assert field.text() == time_words(time)


@pytest.mark.parametrize("typed", ["25:00", "14:60", "13 pm", "noon", "1:2:3"])
def test_an_invalid_time_is_refused_and_stays_visible(look_at, qtbot, typed):
    field = look_at(TimeField("14:00"))
    field.clear()
    qtbot.keyClicks(field, typed)
    field.editingFinished.emit()

    assert field.text() == typed
    with pytest.raises(Trouble) as caught:
        field.time_of_day()
    assert caught.value.code is TroubleCode.NO_SUCH_TIME


def test_a_missing_required_time_is_reported(look_at):
    assert refusal(look_at(TimeField(optional=False)).time_of_day) == (TroubleCode.TIME_MISSING, {})


@pytest.mark.parametrize(("key", "time"), [(Qt.Key.Key_Up, "14:05"), (Qt.Key.Key_Down, "13:55")])
def test_the_arrows_step_by_five_minutes(look_at, qtbot, key, time):
    field = look_at(TimeField("14:00"))
    qtbot.keyClick(field, key)

    assert field.time_of_day() == time


# --- a form that is refused ---


def test_the_first_unreadable_field_gets_the_focus(look_at):
    form = QWidget()
    column = QVBoxLayout(form)
    fields = [DateField(FIRST), TimeField(), DateField(FIRST)]
    fields[1].setText("25:00")
    fields[2].setText("31/02/2026")
    for field in fields:
        column.addWidget(field)
    look_at(form)

    assert focus_unreadable(form)
    assert fields[1].hasFocus()


def test_a_form_with_only_valid_fields_keeps_its_focus(look_at):
    form = QWidget()
    column = QVBoxLayout(form)
    other = QLineEdit()
    for widget in (DateField(FIRST), TimeField(), DateField(optional=True), other):
        column.addWidget(widget)
    look_at(form)
    other.setFocus()

    assert not focus_unreadable(form)
    assert other.hasFocus()
