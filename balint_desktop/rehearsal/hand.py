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
# Far beyond what any machine takes, also a busy one: it ends a rehearsal that waits for what never comes.
_LONGEST_S = 120.0
_LOOK_EVERY_MS = 20


class NotThere(Exception):  # noqa: N818  it names what was looked for
    """What the hand looked for did not come in time."""


class Hand:
    """Uses the window as a person would. Everything waits for what it needs, and for nothing else."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._taken = 0

    def wait(self, what: str, until: Callable[[], bool], longest_s: float = _LONGEST_S) -> None:
        """Let the window live until something is so. Raise NotThere."""
        last_s = now_s() + longest_s
        while not until():
            if now_s() > last_s:
                raise NotThere(tr("The rehearsal waited for {what} in vain.").format(what=what))
            _live(_LOOK_EVERY_MS)

    def live(self, seconds: float) -> None:
        """Let the window live for a while, as the time of a session passes."""
        last_s = now_s() + seconds
        while (left_s := last_s - now_s()) > 0:
            _live(max(1, min(_LOOK_EVERY_MS, round(left_s * 1000))))

    def find(self, kind: type[W], name: str) -> W:
        """Return what is shown under that name, as soon as it is. Raise NotThere."""
        self.wait(name, lambda: _shown(kind, name) is not None)
        found = _shown(kind, name)
        if found is None:
            raise NotThere(name)
        return found

    def find_any(self, name: str) -> None:
        """Wait until something is shown under that name, whatever it is. Raise NotThere."""
        self.find(QWidget, name)

    def sees(self, name: str) -> bool:
        """Tell whether something is shown under that name now."""
        return _shown(QWidget, name) is not None

    def press(self, name: str) -> None:
        """Press a button, once it can be pressed."""
        button = self.find(QAbstractButton, name)
        self.wait(name, button.isEnabled)
        button.click()
        _live(_LOOK_EVERY_MS)

    def type(self, name: str, words: str) -> None:
        """Type into a field."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.setText(words)
        _live(_LOOK_EVERY_MS)

    def choose(self, name: str, value: object) -> None:
        """Choose a value from a list."""
        box = self.find(QComboBox, name)
        at = box.findData(value)
        if at < 0:
            raise NotThere(f"{name}: {value}")
        box.setCurrentIndex(at)

    def count(self, name: str, number: int) -> None:
        """Set a number."""
        self.find(QSpinBox, name).setValue(number)

    def reads(self, name: str) -> str:
        """Return what a label says."""
        return self.find(QLabel, name).text()

    def names(self, beginning: str) -> list[str]:
        """Return the names of what is shown that begin so."""
        found = (widget for top in QApplication.topLevelWidgets() for widget in top.findChildren(QWidget))
        return [w.objectName() for w in found if w.objectName().startswith(beginning) and w.isVisible()]

    def picture(self, name: str) -> Path:
        """Take a picture of the window."""
        _live(_LOOK_EVERY_MS)
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


def _shown(kind: type[W], name: str) -> W | None:
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        for widget in (top, *top.findChildren(kind, name)):
            if isinstance(widget, kind) and widget.objectName() == name and widget.isVisible():
                return widget
    return None


def _live(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
