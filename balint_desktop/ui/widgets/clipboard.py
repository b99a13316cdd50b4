"""Copy to the clipboard, which every other program can read: past the gate of the door it leaves by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from balint_desktop.domain.study.doors import Door

MayCopy = Callable[[Door, str], bool]
"""Asks whether a text may leave by a door; where it may not, says why to the person."""

_guards: list[MayCopy] = []


def guard_copies(may_copy: MayCopy) -> None:
    """Ask this from now on before anything is copied."""
    _guards[:] = [may_copy]


def end_guard() -> None:
    """Ask no more: the app has ended."""
    _guards.clear()


def copy_text(door: Door, text: str) -> bool:
    """Copy a text if it may leave; return whether it was copied."""
    if not may_copy(door, text):
        return False
    QGuiApplication.clipboard().setText(text)
    return True


def copy_mime(door: Door, data: QMimeData) -> bool:
    """Copy what has several forms, such as a table, if its text may leave; return whether it was copied."""
    if not may_copy(door, data.text()):
        return False
    QGuiApplication.clipboard().setMimeData(data)
    return True


def may_copy(door: Door, text: str) -> bool:
    """Return whether a text may leave by a door."""
    return all(guard(door, text) for guard in _guards)


class GatedText(QPlainTextEdit):
    """A text to read. What is selected in it passes the gate of a door, copied by keys, by mouse or by dragging."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door
        self.setReadOnly(True)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = super().createMimeDataFromSelection()
        return data if may_copy(self._door, data.text()) else QMimeData()
