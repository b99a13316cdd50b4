"""A list whose rows are words of a session: Ctrl+C, with which Qt would copy a row, does nothing."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget


class UncopiedList(QListWidget):
    """Nothing in it leaves the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        else:
            super().keyPressEvent(event)
