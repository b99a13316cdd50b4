"""A hand that uses the window by mouse or keyboard events alone, and counts what it takes."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QScrollArea, QWidget
from qt_events import process_events

ACT_S = 1.35 + 0.4 + 1.1 + 0.2
CHARACTER_S = 0.28
WORDS_A_MINUTE = 200


@dataclass
class Count:
    """The count so far."""

    acts: int = 0
    presses: int = 0
    fields: int = 0
    characters: int = 0
    words: int = 0
    waits_s: float = 0.0
    steps: list[str] = field(default_factory=list)

    @property
    def presses_and_fields(self):
        """Return every click, every key that is no part of what a field is filled with, and every field filled."""
        return self.presses + self.fields

    @property
    def seconds(self):
        reading_s = self.words * 60 / WORDS_A_MINUTE
        return self.acts * ACT_S + self.characters * CHARACTER_S + reading_s + self.waits_s


class CountedHand:
    """Uses the window by mouse and keyboard events alone, and counts. `keyboard` presses with Tab and Space."""

    def __init__(self, shell, *, keyboard):
        self.shell = shell
        self.count = Count()
        self._keyboard = keyboard
        self._read = set()

    def read(self):
        """Read all visible text that was not read before."""
        settle()
        before = self.count.words
        for widget in self.shell.findChildren(QWidget):
            result = said_by(widget)
            if result and in_view(widget) and (widget.objectName(), result) not in self._read:
                self._read.add((widget.objectName(), result))
                self.count.words += len(result.split())
        self.count.steps.append(f"read {self.count.words - before} words")

    def press(self, name):
        self.read()
        button = self._bring(name)
        self.count.acts += 1
        self.count.steps.append(f"press {name}")
        self.count.presses += 1
        if self._keyboard:
            self._tab_to(button)
            QTest.keyClick(button, Qt.Key.Key_Space)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=spot(button))
        settle()

    def type(self, name, words):
        self.read()
        line = self._bring(name)
        self.count.acts += 1
        self.count.fields += 1
        self.count.characters += len(words)
        self.count.steps.append(f"type {len(words)} characters into {name}")
        if self._keyboard:
            self._tab_to(line)
        else:
            QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        QTest.keyClicks(QApplication.focusWidget() or line, words)
        settle()

    def enter(self):
        self.count.characters += 1
        self.count.presses += 1
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle()

    def _bring(self, name):
        found = [w for w in self.shell.findChildren(QWidget, name) if w.isVisibleTo(self.shell)]
        assert found, f"{name} is not shown"
        self._scroll_to(found[-1])
        return found[-1]

    def _scroll_to(self, widget):
        """Scroll if necessary, which is a separate act."""
        if in_view(widget):
            return
        outer = widget.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        outer.ensureWidgetVisible(widget)
        settle()
        self.count.acts += 1
        self.count.steps.append("scroll")
        self.read()

    def _tab_to(self, widget):
        """Press Tab until it has the focus; each Tab after the first is typed, not decided."""
        for _stop in range(200):
            focused = QApplication.focusWidget()
            if focused is widget:
                return
            QTest.keyClick(focused or self.shell, Qt.Key.Key_Tab)
            self.count.characters += 1
            self.count.presses += 1
        raise AssertionError(f"Tab does not reach {widget.objectName()}")


def settle():
    for _ in range(4):
        QApplication.sendPostedEvents()
        process_events()


def said_by(widget):
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def in_view(widget):
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def spot(button):
    """Return the point to press: a tick's box is at its left."""
    return QPoint(min(12, button.width() // 2), button.height() // 2)
