"""A subscription ends with the widget that made it: each rule, and a line that breaks it."""

from __future__ import annotations

import ast

import pytest
from architecture import PACKAGE
from subscriptions import past_lifetime

LIFETIME = PACKAGE / "ui" / "widgets" / "lifetime.py"
# Below the widgets, so it asks for itself whether a widget that it dimmed still is.
DIMMING = PACKAGE / "ui" / "theme" / "dimming.py"
# Methods that report a session without Qt; the window subscribes to them only through `ui/widgets/lifetime`.
SESSION = PACKAGE / "session"


def methods_of(folder):
    """Return every public method of a folder's classes that adds a listener."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [one for one in found if one.name.startswith("on_") and "Callable" in ast.unparse(one.args)]


LISTENED = frozenset(method.name for method in methods_of(SESSION))


def window_modules():
    """Return every module that uses Qt, except lifetime, which the others go through, and what is below it."""
    found = [path for path in sorted(PACKAGE.rglob("*.py")) if "PySide6" in path.read_text(encoding="utf-8")]
    return [path for path in found if path not in (LIFETIME, DIMMING)]


def test_all_subscriptions_go_through_lifetime():
    broken = {
        str(path.relative_to(PACKAGE)): wrong
        for path in window_modules()
        if (wrong := past_lifetime(path.read_text(encoding="utf-8"), LISTENED))
    }

    assert broken == {}


def test_every_window_module_is_checked():
    assert len(window_modules()) > 150
    assert {"on_change", "on_level"} <= LISTENED


def test_every_listener_of_a_session_can_be_unsubscribed():
    assert {ast.unparse(method.returns) for method in methods_of(SESSION)} == {"Unsubscribe"}


HEARS = "class Page(QWidget):\n    def __init__(self, theme):\n        self._theme = theme\n        "
BROKEN = {
    "a closure on a signal of what was handed in": HEARS + "theme.changed.connect(lambda: self.show())",
    "the same, kept first": HEARS + "self._theme.changed.connect(lambda: self.show())",
    "the same, through another name": HEARS + "look = theme.changed\n        look.connect(lambda: self.show())",
    "a function within": HEARS + "def hear(): self.show()\n        theme.changed.connect(hear)",
    "a function made of others": HEARS + "theme.changed.connect(partial(self.show, 1))",
    "a closure on what the application keeps": HEARS
    + "QGuiApplication.clipboard().changed.connect(lambda: self.show())",
    "a closure on a button that was handed in": HEARS + "when_chosen(theme, lambda on: self.show())",
    "a closure on what was handed in, in a loop": HEARS + "for x in (theme,): x.changed.connect(lambda: self.show())",
    "a closure after a while, with nothing it ends with": HEARS + "QTimer.singleShot(0, lambda: self.show())",
    "a session listened to without an owner": HEARS + "theme.on_change(self.show)",
    "asking whether a widget is alive": "import shiboken6",
    "undoing by a method of the page": HEARS + "x = 1\n    def keep(self):\n        u.did('kept', lambda: self.keep())",
    "a message whose act is the page's": HEARS + "x = 1\n    def keep(self):\n        m.say('kept', 'Undo', self.keep)",
}


@pytest.mark.parametrize("breach", BROKEN)
def test_a_violation_of_the_rule_is_caught(breach):
    assert len(past_lifetime(BROKEN[breach], LISTENED)) == 1


FINE = {
    "a method of its own": HEARS + "theme.changed.connect(self.show)",
    "a signal of its own": HEARS + "theme.changed.connect(self.changed)",
    "a closure on what it made": HEARS + "made = button('x')\n        made.clicked.connect(lambda: self.show())",
    "a closure on what it made and keeps": HEARS
    + "self.x = Box()\n        self.x.changed.connect(lambda: self.show())",
    "a closure on a part of what it made": HEARS + "x = Box()\n        x.model().changed.connect(lambda: self.show())",
    "a closure on each thing it made": HEARS + "for x in (Box(), Box()): x.changed.connect(lambda: self.show())",
    "through the one way": HEARS + "subscribe(self, theme.changed, lambda: self.show())",
    "a session, through the one way": HEARS + "subscribe(self, theme.on_change, self.show)",
    "after a while, with an object": HEARS + "QTimer.singleShot(0, self, lambda: self.show())",
    "undoing by what outlives the page": HEARS + "u.did('kept', lambda: theme.keep())",
}


@pytest.mark.parametrize("way", FINE)
def test_subscriptions_that_end_by_themselves_are_allowed(way):
    assert past_lifetime(FINE[way], LISTENED) == []
