"""The quiet line on Today while a session is transcribed or waits to be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


class TranscribingLine(QWidget):
    """How far a transcription is, or what it waits for, and the way to Transcripts. Hidden without one."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "today-transcribing")
        self.words = named(quiet(""), "today-transcribing-words")
        self.open_button = button(tr("Open Transcripts"), "today-transcribing-open", self.asked.emit, ButtonKind.QUIET)
        row = layouts.row(self, 16)
        row.addWidget(self.words, 1)
        row.addWidget(self.open_button)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show a line; an empty one hides it."""
        if words != self.words.text():
            self.words.setText(words)
            self.open_button.setAccessibleDescription(words)
        self.setVisible(bool(words))
