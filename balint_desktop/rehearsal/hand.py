"""Drive the window by name: press, type, take pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from balint_desktop.domain.clock import SystemClock
from balint_desktop.i18n import tr

W = TypeVar("W", bound=QWidget)
# Far longer than any machine needs, also a busy one: ends a rehearsal whose condition never holds.
_LONGEST_S = 120.0
_LOOK_EVERY_MS = 20


class NotThere(Exception):  # noqa: N818  it names what was looked for
    """The expected widget or state did not appear in time."""


class Hand:
    """Operates the window as a person would. Each method waits only for what it needs."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._taken = 0

    def wait(self, awaited: str, until: Callable[[], bool], longest_s: float = _LONGEST_S) -> None:
        """Process events until a condition holds. Raise NotThere."""
        last_s = now_s() + longest_s
        while not until():
            if now_s() > last_s:
                raise NotThere(tr("The rehearsal waited too long for {what}.").format(what=awaited))
            _process_events(_LOOK_EVERY_MS)

    def live(self, seconds: float) -> None:
        """Process events for a while, as session time passes."""
        last_s = now_s() + seconds
        while (left_s := last_s - now_s()) > 0:
            _process_events(max(1, min(_LOOK_EVERY_MS, round(left_s * 1000))))

    def find(self, kind: type[W], name: str) -> W:
        """Return the visible widget with that name, as soon as there is one. Raise NotThere."""
        self.wait(name, lambda: _visible_widget(kind, name) is not None)
        found = _visible_widget(kind, name)
        if found is None:
            raise NotThere(name)
        return found

    def find_any(self, name: str) -> None:
        """Wait until any widget with that name is visible. Raise NotThere."""
        self.find(QWidget, name)

    def sees(self, name: str) -> bool:
        """Return whether a widget with that name is visible now."""
        return _visible_widget(QWidget, name) is not None

    def press(self, name: str) -> None:
        """Press a button, once it is enabled."""
        button = self.find(QAbstractButton, name)
        self.wait(name, button.isEnabled)
        button.click()
        _process_events(_LOOK_EVERY_MS)

    def type(self, name: str, words: str) -> None:
        """Type into a field."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.setText(words)
        _process_events(_LOOK_EVERY_MS)

    def choose(self, name: str, value: object) -> None:
        """Select a value in a list."""
        box = self.find(QComboBox, name)
        at = box.findData(value)
        if at < 0:
            raise NotThere(f"{name}: {value}")
        box.setCurrentIndex(at)

    def count(self, name: str, number: int) -> None:
        """Set a number."""
        self.find(QSpinBox, name).setValue(number)

    def reads(self, name: str) -> str:
        """Return a label's text."""
        return self.find(QLabel, name).text()

    def names(self, beginning: str) -> list[str]:
        """Return the names of visible widgets with that prefix."""
        found = (widget for top in QApplication.topLevelWidgets() for widget in top.findChildren(QWidget))
        return [w.objectName() for w in found if w.objectName().startswith(beginning) and w.isVisible()]

    def picture(self, name: str) -> Path:
        """Save a picture of the window."""
        _process_events(_LOOK_EVERY_MS)
        self._taken += 1
        path = self._pictures / f"{self._taken:02d}-{name}.png"
        window().grab().save(str(path))
        return path


def now_s() -> float:
    """Return the seconds since the machine started."""
    return SystemClock().now().boot


def window() -> QWidget:
    """Return the main window. Raise NotThere."""
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "window" and widget.isVisible():
            return widget
    raise NotThere("window")


def _visible_widget(kind: type[W], name: str) -> W | None:
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for widget in (top, *top.findChildren(kind, name)):
            if isinstance(widget, kind) and widget.objectName() == name and widget.isVisible():
                return widget
    return None


def _process_events(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
