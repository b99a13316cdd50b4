"""Retention of one recording, on its page: period, hold, verified transcript."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.retention import RetainedItem, StartEvent
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.ui.group.retention.events import VerifiedForm
from balint_desktop.ui.group.retention.service import RetentionService
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class RecordingRetention(QWidget):
    """Retention status in one or two sentences, and a button to record transcript verification. Hidden without a group.

    `changed` is called after an entry or its undo.
    """

    changed = Signal()

    def __init__(self, service: RetentionService) -> None:
        super().__init__()
        named(self, "recording-keeping")
        self._service = service
        self._recording: RecordingId | None = None
        self.retained: RetainedItem | None = None
        self.sentence = named(text("", selectable=True), "recording-keeping-clock")
        self.verified = VerifiedForm(
            service, "recording-verified", asks_which=False, subject=lambda: self._recording or ""
        )
        column = layouts.column(self, 10)
        for widget in (self.sentence, flow(self.verified.open_button), self.verified):
            column.addWidget(widget)
        service.changed = self._changed
        service.undoing.undone.connect(self._changed)

    @property
    def is_held(self) -> bool:
        """Return whether a legal hold prevents destruction of the recording."""
        return self.retained is not None and self.retained.retained.is_held

    def due(self) -> dict[RecordingId, date]:
        """Return the due day of every recording that has one. Raise Trouble."""
        return self._service.due_days()

    def show_recording(self, recording: RecordingId) -> None:
        """Show the retention state of a recording."""
        self._recording = recording
        self.refresh()

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self.verified.keep_draft()

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Refresh the status."""
        if self._recording is None:
            return
        with self._service.messages.attempt():
            self.retained = self._service.recording(self._recording)
            self.setVisible(self.retained is not None)
            if self.retained is not None:
                self.sentence.setText(self.clock_words())
                self.verified.show_items((self.retained,) if self.retained.retained.destroyed_on is None else ())

    def clock_words(self) -> str:
        """Return the recording's retention period and status as text."""
        return recording_clock_words(self.retained)


def recording_clock_words(kept: RetainedItem | None) -> str:
    """Return a recording's retention period and status as text; empty for one without."""
    if kept is None:
        return ""
    sentences = [tr("Retention: {how}.").format(how=retention.item_sentence(kept, day_words))]
    if kept.clock is not None:
        sentences.append(retention.clock(kept.clock))
    verified = kept.retained.events.get(StartEvent.TRANSCRIPT_VERIFIED)
    if verified is not None:
        sentences.append(tr("The transcript was verified on {day}.").format(day=day_words(verified)))
    return " ".join(sentences)
