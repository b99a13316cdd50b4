"""Fields on every page of the window: the mouse wheel changes none of them, with the focus or without it."""

from __future__ import annotations

import ast
from pathlib import Path

from pages.walk import Walk
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QScrollBar, QWidget
from wheel import turn_wheel

import balint_desktop

# Each is subclassed once, in a widget that leaves the wheel to the page.
BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QSlider", "QDial", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}


def value_of(field):
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.text() if isinstance(field, QLineEdit) else field.value()


def fields_on(page):
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)
    found = [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if not isinstance(one, QScrollBar)]


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
