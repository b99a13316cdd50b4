"""Numbers and choices: the wheel scrolls the page over them, and changes none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from wheel import turn_wheel

from balint_desktop.ui.widgets.fields import ChoiceField, HoursField, NumberField


def a_choice():
    made = ChoiceField()
    for words in ("nobody", "P1", "P2"):
        made.addItem(words)
    return made


MAKE = {"choice": a_choice, "number": lambda: NumberField(1, 60, 30), "hours": lambda: HoursField(300, 90)}


def value_of(field):
    return field.currentIndex() if isinstance(field, ChoiceField) else field.value()


@pytest.fixture(params=MAKE)
def page(request, look_at):
    """A focused line, and below it the field."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.other, made.field = QLineEdit(), MAKE[request.param]()
    column.addWidget(made.other)
    column.addWidget(made.field)
    look_at(made)
    made.other.setFocus()
    return made


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_changes_no_field(page, focused):
    if focused:
        page.field.setFocus()
    before = value_of(page.field)
    event = turn_wheel(page.field)

    assert value_of(page.field) == before
    assert not event.isAccepted()


def test_the_wheel_gives_no_field_the_focus(page):
    turn_wheel(page.field)

    assert page.other.hasFocus()
    assert not page.field.focusPolicy() & ~Qt.FocusPolicy.StrongFocus
