"""Every *Learn more* leads to a page of Help that is there."""

from __future__ import annotations

import ast

import pytest
from architecture import PACKAGE
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from balint_desktop.library.help import CHAPTERS
from balint_desktop.ui.widgets.buttons import HELP_ACTION
from balint_desktop.ui.widgets.learn_more import learn_more

KEYS = {key for keys in CHAPTERS.values() for key in keys}


def asked_for():
    """Return the pages that the code asks for."""
    return [
        (path.name, node.args[0].value)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "learn_more"
    ]


def test_each_leads_to_a_page():
    found = asked_for()

    assert len(found) >= 7
    assert [one for one in found if one[1] not in KEYS] == []


def test_pressed_it_asks_the_window_for_its_page(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction(window)
    action.setObjectName(HELP_ACTION)
    asked = []
    action.triggered.connect(lambda: asked.append(action.data()))
    made = learn_more("room", "more")
    window.setCentralWidget(made)
    made.click()

    assert asked == ["room"]


def test_a_screen_reader_is_told_which_page(qtbot):
    made = learn_more("room", "more")
    qtbot.addWidget(made)

    assert made.accessibleDescription() == "Opens Help: In the session"


def test_a_page_that_is_not_there_is_refused(qapp):
    with pytest.raises(KeyError):
        learn_more("nowhere", "more")
