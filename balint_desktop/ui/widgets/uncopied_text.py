"""A text whose words are those of a session: what is selected stays in the window, and the clipboard as it was."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit


class UncopiedText(QPlainTextEdit):
    """Nothing in it leaves the window; Ctrl+C does nothing, also to what the clipboard holds."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            event.accept()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        # For the clipboard, the mouse's own one and dragging, all of which leave the window.
        return QMimeData()
