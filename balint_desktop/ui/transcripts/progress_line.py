"""The line at the foot of the list while a session is transcribed or waits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.text.transcribing import line_words
from balint_desktop.ui.transcripts.deps import TranscribeProgress
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class ProgressLine(QWidget):
    """How far the first of the queue is, and Stop. Hidden without one; no sound and no notice at the end."""

    stop_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "transcripts-progress")
        self._recording: RecordingId | None = None
        self.words = named(text(""), "transcripts-progress-words")
        self.stop_button = button(
            tr("Stop"),
            "transcripts-stop",
            self._on_stop,
            description=tr("Stop transcribing. What was heard so far is kept."),
        )
        row = layouts.row(self, 12)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop_button)
        self.hide()

    def show_progress(self, progress: TranscribeProgress | None) -> None:
        """Show how far the first transcription is, or what it waits for; None hides the line."""
        self._recording = progress.queue.first if progress is not None else None
        self.setVisible(progress is not None)
        if progress is not None:
            self.words.setText(line_words(progress.title, progress.queue))

    def _on_stop(self) -> None:
        if self._recording is not None:
            self.stop_asked.emit(self._recording)
