"""Keys of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def shortcut(on: QWidget, key: str | Qt.Key, do: Callable[[], object], *, repeats: bool = False) -> QShortcut:
    """Bind a key while the widget is visible. A held key repeats by itself; play and pause would flicker."""
    made = QShortcut(QKeySequence(key), on)
    made.activated.connect(do)
    made.setAutoRepeat(repeats)
    return made
