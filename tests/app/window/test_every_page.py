"""What holds on every page of the window, whatever is added to it."""

from __future__ import annotations

import ast
from pathlib import Path

import every_page
import pytest
from kept_vaults import keep_session
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QFileDialog, QLineEdit, QScrollBar, QWidget
from real_window import window_on
from wheel import turn_wheel

import balint_desktop

__all__ = ["window_on"]

FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)
# Each is subclassed once, in a widget that leaves the wheel to the page.
BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QSlider", "QDial", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}


def value_of(field):
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.text() if isinstance(field, QLineEdit) else field.value()


@pytest.fixture
def window(window_on, tmp_path, monkeypatch, qtbot):
    for ask in ("getOpenFileName", "getExistingDirectory", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_, **__: ("", ""))
    kept = keep_session(tmp_path / "data", redacted=False)
    made = window_on(kept.data)
    qtbot.addWidget(made.desktop.shell)
    every_page.unlock(made, kept.made)
    return made


def test_the_wheel_changes_nothing_on_any_page(window):
    seen, changed = set(), []
    for name, place in every_page.every_page(window):
        for field in place.findChildren(QWidget):
            if not isinstance(field, FIELDS) or isinstance(field, QScrollBar) or not field.isVisible():
                continue
            seen.add(name.split(":")[0])
            before = value_of(field)
            turn_wheel(field)
            field.setFocus()
            turn_wheel(field)
            if value_of(field) != before:
                changed.append((name, field.objectName()))

    assert changed == []
    assert {"groups", "log", "settings"} <= seen


def test_no_field_is_made_of_one_of_qts_that_the_wheel_would_change():
    found = [
        (path.name, node.lineno)
        for path in Path(balint_desktop.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE
    ]

    assert found == []
