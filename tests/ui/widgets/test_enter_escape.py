"""Enter presses the focused button or a form's one act, Escape closes the innermost thing that is open."""

from __future__ import annotations

import ast
import re

import pytest
from architecture import PACKAGE
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.form import Form


class FormPlace(Place):
    """A page with a form of each kind of field, its two buttons, and a way back."""

    def __init__(self):
        super().__init__("place", "A place")
        self.pressed = []
        self.panel = QWidget()
        self.line, self.number, self.choice, self.day = QLineEdit(), NumberField(1, 9), ChoiceField(), DateField()
        self.choice.addItem("one")
        form = Form()
        for name in ("line", "number", "choice", "day"):
            form.row(name, getattr(self, name), f"form-{name}")
        column = QVBoxLayout(self.panel)
        column.addWidget(form)
        self.save = self._button("form-save", ButtonKind.PRIMARY)
        self.cancel = self._button("never-mind", escape=EscapeRole.CANCEL)
        for made in (self.save, self.cancel):
            column.addWidget(made)
        self.other = self._button("other")
        self.filter = QLineEdit()
        self.home = self._button("homewards", ButtonKind.QUIET, escape=EscapeRole.LEAVE)
        for widget in (self.home, self.filter, self.panel, self.other):
            self.body.addWidget(widget)

    def _button(self, name, kind=ButtonKind.PLAIN, **named):
        return button(name, name, lambda: self.pressed.append(name), kind, **named)


@pytest.fixture
def place(messages, look_at):
    shell = Shell(messages)
    made = FormPlace()
    shell.add_place(PlaceKey.TODAY, "A place", lambda: made)
    shell.show_place(PlaceKey.TODAY)
    look_at(shell)
    made.shell = shell
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("name", ["other", "cancel"])
def test_enter_presses_the_focused_button(place, qtbot, key, name):
    focused = getattr(place, name)
    focused.setFocus()
    qtbot.keyClick(focused, key)

    assert place.pressed == [focused.objectName()]


@pytest.mark.parametrize("name", ["line", "number", "choice", "day"])
def test_enter_in_a_field_presses_the_forms_one_act(place, qtbot, name):
    field = getattr(place, name)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert place.pressed == ["form-save"]


def test_enter_in_a_field_with_an_act_of_its_own_does_that_alone(place, qtbot):
    place.line.returnPressed.connect(lambda: place.pressed.append("its own"))
    place.line.setFocus()
    qtbot.keyClick(place.line, Qt.Key.Key_Return)

    assert place.pressed == ["its own"]


def test_enter_in_a_filter_presses_nothing(place, qtbot):
    place.filter.setFocus()
    qtbot.keyClick(place.filter, Qt.Key.Key_Return)

    assert place.pressed == []


def test_enter_presses_nothing_where_two_acts_are_offered(place, qtbot):
    second = button("Two", "two", lambda: place.pressed.append("two"), ButtonKind.PRIMARY)
    place.panel.layout().addWidget(second)
    second.show()
    place.line.setFocus()
    qtbot.keyClick(place.line, Qt.Key.Key_Return)

    assert place.pressed == []


def test_enter_does_not_press_a_disabled_act(place, qtbot):
    place.save.setEnabled(False)
    place.line.setFocus()
    qtbot.keyClick(place.line, Qt.Key.Key_Return)

    assert place.pressed == []


def test_a_key_that_is_held_down_presses_once(place):
    place.other.setFocus()
    for repeats in (False, True, True):
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=repeats
        )
        QApplication.sendEvent(place.other, event)

    assert place.pressed == ["other"]


def test_escape_closes_the_form_before_it_leaves_the_page(place, qtbot):
    place.line.setFocus()
    qtbot.keyClick(place.line, Qt.Key.Key_Escape)
    assert place.pressed == ["never-mind"]
    place.panel.hide()
    place.other.setFocus()
    qtbot.keyClick(place.other, Qt.Key.Key_Escape)

    assert place.pressed == ["never-mind", "homewards"]


def test_escape_closes_an_open_form_wherever_the_focus_is(place, qtbot):
    place.other.setFocus()
    qtbot.keyClick(place.other, Qt.Key.Key_Escape)

    assert place.pressed == ["never-mind"]


def test_escape_answers_a_question_with_no(place, qtbot):
    asked = Confirm("ask")
    place.body.addWidget(asked)
    asked.ask("Delete it?", "Delete", lambda: place.pressed.append("deleted"), place.other)
    qtbot.keyClick(asked.cancel_button, Qt.Key.Key_Escape)

    assert not asked.is_asking
    assert place.pressed == []


@pytest.mark.parametrize("name", ["line", "number", "choice", "day", "save", "filter"])
def test_escape_cancels_from_every_kind_of_field(place, qtbot, name):
    field = getattr(place, name)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert place.pressed == ["never-mind"]


@pytest.mark.parametrize("name", ["form-cancel", "form-close", "place-back", "place-leave"])
def test_escape_depends_on_no_name(place, qtbot, name):
    place.panel.hide()
    place.home.hide()
    place.other.setObjectName(name)
    place.other.setFocus()
    qtbot.keyClick(place.other, Qt.Key.Key_Escape)

    assert place.pressed == []


def test_escape_is_no_shortcut_since_two_at_once_would_press_neither():
    with pytest.raises(ValueError, match="Escape is a role"):
        button("Back", "back", shortcut="Esc")


def created_buttons():
    """Yield the file, the words in English and the role of each button the package creates."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "button":
                words = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                role = next((ast.unparse(one.value) for one in node.keywords if one.arg == "escape"), "")
                yield path.name, " ".join(words), role


def test_every_button_that_cancels_or_goes_back_is_created_with_a_role():
    goes = re.compile("(Cancel|Close|Back|Back to .*|Close the answers)")
    found = [made for made in created_buttons() if goes.fullmatch(made[1].strip())]

    assert len(found) > 25
    assert [made for made in found if not made[2]] == []


def test_no_button_that_does_anything_else_is_created_with_one():
    goes = re.compile("(Cancel|Close|Back|Hide the answers|All groups)")

    assert [made for made in created_buttons() if made[2] and not goes.match(made[1].strip())] == []
    assert [made for made in created_buttons() if made[2] and made[1].endswith("…")] == []
