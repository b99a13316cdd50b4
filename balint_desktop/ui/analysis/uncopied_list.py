"""A list whose rows are words of a session: Ctrl+C, with which Qt would copy a row, does nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget

# What a row has around its lines.
_ROOM = 1.25


class UncopiedList(QListWidget):
    """Nothing in it leaves the window. A row that is too long ends in dots, or wraps where the list is set to."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def show_lines(self, lines: Sequence[str], most: int) -> None:
        """Show rows of a line or more, the chosen row staying; as tall as they are, up to so many lines."""
        row = self.currentRow()
        self.clear()
        self.addItems(list(lines))
        self.setCurrentRow(min(max(0, row), len(lines) - 1))
        shown = min(most, sum(line.count("\n") + 1 for line in lines) + 1)
        self.setMinimumHeight(round(shown * self.fontMetrics().lineSpacing() * _ROOM) if lines else 0)
        self.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        else:
            super().keyPressEvent(event)
