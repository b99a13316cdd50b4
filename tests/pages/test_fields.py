"""Fields and buttons on every page: the mouse wheel changes no field, and Escape presses only what goes back."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pages.walk import Walk
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)
from wheel import turn_wheel

import balint_desktop
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import escape_role

# Each is subclassed once, in a widget that leaves the wheel to the page.
BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QSlider", "QDial", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}


# The words of a button that closes a form or leaves a page, and does nothing else.
GOES_BACK = re.compile("Cancel|Close|Close Help|Back|Back to .*|Hide the answers|All groups")
# A panel of the room has one button under it, which goes back to the prompts.
OF_A_PANEL = re.compile("Done|Not now|Not yet")


def value_of(field):
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.text() if isinstance(field, QLineEdit) else field.value()


def fields_on(page):
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)
    found = [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if not isinstance(one, QScrollBar)]


def test_escape_presses_every_button_that_goes_back_on_any_page_and_no_other(qapp, tmp_path, monkeypatch):
    without, other, roles = set(), set(), 0
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        for _name in walk.pages():
            for one in walk.page.findChildren(QPushButton):
                role, goes_back = escape_role(one), GOES_BACK.fullmatch(one.text()) is not None
                if any(isinstance(around, RoomPanel) for around in (one.parent(), one.parent().parent())):
                    goes_back = goes_back or OF_A_PANEL.fullmatch(one.text()) is not None
                roles += role is not None
                if goes_back and role is None:
                    without.add(one.objectName())
                if role is not None and not goes_back:
                    other.add((one.objectName(), one.text()))

    assert (without, other) == (set(), set())
    assert roles > 40


def test_the_wheel_changes_nothing_on_any_page(qapp, tmp_path, monkeypatch):
    tried, changed = 0, []
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        for name in walk.pages():
            for field in fields_on(walk.page):
                tried += 1
                before = value_of(field)
                turn_wheel(field)
                field.setFocus()
                turn_wheel(field)
                if value_of(field) != before:
                    changed.append((name, field.objectName()))

    assert changed == []
    assert tried > 20


def test_no_field_is_one_of_qts_own_that_the_wheel_would_change():
    found = [
        (path.name, node.lineno)
        for path in Path(balint_desktop.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE
    ]

    assert found == []
