"""Fields that the mouse wheel would change are made in one place, where it is left to the page (see test_pages.py)."""

from __future__ import annotations

import ast
from pathlib import Path

import balint_desktop

# Each is subclassed once, in a widget that leaves the wheel to the page.
BARE = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QSlider", "QDial", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}


def test_no_field_is_one_of_qts_own_that_the_wheel_would_change():
    found = [
        (path.name, node.lineno)
        for path in Path(balint_desktop.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE
    ]

    assert found == []
