"""A short note with a limit and a remaining count."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small


class NoteField(QPlainTextEdit):
    """A few lines of text, no more than `limit` characters. Tab leaves it. Show `left_words` below.

    `shown_from` is the remaining count from which it is shown.
    """

    def __init__(self, identifier: str, limit: int, lines: int = 3, shown_from: int | None = None) -> None:
        super().__init__()
        self._limit = limit
        self._shown_from = limit if shown_from is None else shown_from
        self.setTabChangesFocus(True)
        self._lines = lines
        self.left_words = named(small(""), f"{identifier}-left")
        self.textChanged.connect(self._on_typed)
        self._on_typed()

    def words(self) -> str:
        """Return the text."""
        return self.toPlainText().strip()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = int(2 * self.document().documentMargin()) + 2 * self.frameWidth()
        tall = self.fontMetrics().lineSpacing() * self._lines + room + 8
        if self.height() != tall or self.maximumHeight() != tall:
            self.setFixedHeight(tall)

    def _on_typed(self) -> None:
        typed = self.toPlainText()
        if len(typed) > self._limit:
            cursor = self.textCursor()
            position = cursor.position()
            # Cut what was typed or pasted last, not the end of the earlier text.
            over = len(typed) - self._limit
            start = max(0, position - over)
            self.setPlainText(typed[:start] + typed[position:] if position >= over else typed[: self._limit])
            cursor.setPosition(min(start, self._limit))
            self.setTextCursor(cursor)
            return
        left = self._limit - len(typed)
        self.left_words.setText(tr("{n} characters left").format(n=left))
        self.left_words.setHidden(left > self._shown_from)
