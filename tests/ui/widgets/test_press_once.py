"""A double press presses once, and presses nothing that has come under it since."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from qt_events import process_events

from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.press_once import key_presses


class TwoSteps(Place):
    """A page whose first button gives its place to a second one, and then to a tick."""

    def __init__(self):
        super().__init__("place", "A place")
        self.pressed = []
        self.first = button("Save", "save", self._on_first)
        self.second = button("Delete", "delete", lambda: self.pressed.append("second"))
        self.tick = QCheckBox("A tick")
        self.more = button("+1", "more", lambda: self.pressed.append("more"), repeats=True)
        self.pill = chip("On or off", "pill", self.pressed.append)
        self.after = self.second
        for widget in (self.first, self.second, self.tick, self.more, self.pill):
            self.body.addWidget(widget)
        self.second.hide()
        self.tick.hide()

    def _on_first(self):
        self.pressed.append("first")
        self.first.hide()
        self.after.show()
        self.after.setFocus()


@pytest.fixture
def place(messages, look_at):
    shell = Shell(messages)
    made = TwoSteps()
    shell.add_place(PlaceKey.TODAY, "A place", lambda: made)
    shell.show_place(PlaceKey.TODAY)
    look_at(shell)
    made.shell = shell
    key_presses.focus_moved(Qt.FocusReason.TabFocusReason)
    return made


def click_twice(place, widget):
    at = widget.mapTo(place.shell, widget.rect().center())
    at.setX(widget.mapTo(place.shell, widget.rect().topLeft()).x() + 8)
    QTest.mouseDClick(place.shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def press_key(widget, at_ms, key=Qt.Key.Key_Space):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "")
        event.setTimestamp(at_ms)
        QApplication.sendEvent(widget, event)


def test_a_double_click_presses_once(place):
    click_twice(place, place.pill)

    assert place.pressed == [True]


def test_the_second_half_of_a_double_click_does_not_press_the_button_that_came_under_it(place):
    click_twice(place, place.first)

    assert place.second.isVisible()
    assert place.pressed == ["first"]


def test_nor_does_it_tick_what_came_under_it(place):
    place.after = place.tick
    place.first.clicked.connect(process_events)
    click_twice(place, place.first)

    assert place.tick.isVisible()
    assert not place.tick.isChecked()


def test_two_clicks_that_are_no_double_click_press_twice(place):
    for _ in range(2):
        QTest.mouseClick(place.pill, Qt.MouseButton.LeftButton)

    assert place.pressed == [True, False]


def test_a_button_that_repeats_counts_each_press(place):
    click_twice(place, place.more)

    assert place.pressed == ["more", "more"]


def test_a_space_that_follows_at_once_presses_no_button_to_which_the_focus_moved(place):
    place.first.setFocus()
    press_key(place.first, 5_000)
    press_key(place.second, 5_150)

    assert place.pressed == ["first"]


def test_a_space_that_follows_later_presses(place):
    place.first.setFocus()
    press_key(place.first, 5_000)
    press_key(place.second, 5_000 + QApplication.doubleClickInterval())

    assert place.pressed == ["first", "second"]


def test_a_space_after_a_tab_presses_however_quickly(place):
    press_key(place.first, 5_000)
    place.more.setFocus(Qt.FocusReason.BacktabFocusReason)
    place.second.setFocus(Qt.FocusReason.TabFocusReason)
    press_key(place.second, 5_100)

    assert place.pressed == ["first", "second"]


def test_enter_twice_at_once_saves_a_form_once(place):
    line, saved = QLineEdit(), []
    form = Form()
    form.row("line", line, "form-line")
    place.body.addWidget(form)
    form.add(button("Save", "form-save", lambda: saved.append(True), ButtonKind.PRIMARY))
    form.show()
    line.setFocus()
    for at_ms in (5_000, 5_120):
        press_key(line, at_ms, Qt.Key.Key_Return)

    assert saved == [True]


def test_a_key_that_is_held_down_locks_or_undoes_once(place):
    assert [action.text() for action in place.shell.actions() if action.autoRepeat()] == []
