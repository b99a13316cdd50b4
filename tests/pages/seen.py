"""What is seen on a walk through every page at one size: all checks that only look share it, and so does the wheel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pages.reading import count_words, cut_off
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPushButton, QScrollBar, QWidget
from wheel import turn_wheel

from balint_desktop.ui.help.pages_of import page_of
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import escape_role

# The words of a button that closes a form or leaves a page, and does nothing else.
_GOES_BACK = re.compile("Cancel|Close|Close Help|Back|Back to .*|Hide the answers|All groups")
# A panel of the room has one button under it, which goes back to the prompts.
_OF_A_PANEL = re.compile("Done|Not now|Not yet")


@dataclass
class Escape:
    """The buttons that Escape presses: how many, those that it should and does not, and those that it should not."""

    roles: int = 0
    without: set[str] = field(default_factory=set)
    other: set[tuple[str, str]] = field(default_factory=set)

    def look(self, page):
        for one in page.findChildren(QPushButton):
            role, goes_back = escape_role(one), _GOES_BACK.fullmatch(one.text()) is not None
            if any(isinstance(around, RoomPanel) for around in (one.parent(), one.parent().parent())):
                goes_back = goes_back or _OF_A_PANEL.fullmatch(one.text()) is not None
            self.roles += role is not None
            if goes_back and role is None:
                self.without.add(one.objectName())
            if role is not None and not goes_back:
                self.other.add((one.objectName(), one.text()))


@dataclass
class Wheel:
    """The fields over which the mouse wheel was turned: how many, and those whose value it changed."""

    tried: int = 0
    changed: list[tuple[str, str]] = field(default_factory=list)

    def turn(self, name, page):
        for one in _fields_on(page):
            self.tried += 1
            before = _value_of(one)
            turn_wheel(one)
            one.setFocus()
            turn_wheel(one)
            if _value_of(one) != before:
                self.changed.append((name, one.objectName()))


@dataclass
class Seen:
    """What was seen on one walk: what was cut off, where the window was too large, words and Help by page."""

    cut: list[str] = field(default_factory=list)
    larger: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    helped: dict[str, str] = field(default_factory=dict)
    escape: Escape = field(default_factory=Escape)
    wheel: Wheel = field(default_factory=Wheel)

    def look(self, walk, name, size):
        """Look at the page that is shown; the wheel comes last, since it also takes the focus along."""
        self.cut += [f"{name}: {one}" for shown in (walk.shell, *walk.popups()) for one in cut_off(shown)]
        self.words[name] = count_words(walk.page)
        self.helped[name] = page_of(walk.page)
        if walk.shell.size().toTuple() != size:
            self.larger.append(name)
        self.escape.look(walk.page)
        self.wheel.turn(name, walk.page)


def _value_of(one):
    if isinstance(one, QComboBox):
        return one.currentIndex()
    return one.text() if isinstance(one, QLineEdit) else one.value()


def _fields_on(page):
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)
    found = [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if not isinstance(one, QScrollBar)]
