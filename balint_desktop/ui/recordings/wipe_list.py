"""Imported files that may still be unencrypted on a recorder, until wiped."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.text import imports
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class WipeList(QWidget):
    """A card for each file."""

    def __init__(self, transfers: TransferService, messages: Messages) -> None:
        super().__init__()
        self._transfers = transfers
        self._messages = messages
        self._cards = layouts.column(self, 8)
        self.hide()

    def refresh(self) -> None:
        """Refresh the list of files to wipe."""
        with self._messages.attempt():
            rows = self._transfers.originals_to_wipe()
            layouts.clear(self._cards)
            for number, row in enumerate(rows, start=1):
                self._cards.addWidget(self._card(number, row.recording, imports.reminder(row)))
            self.setVisible(bool(rows))

    def _card(self, number: int, recording: RecordingId, words: str) -> Card:
        card = Card(f"wipe-{number}")
        card.body.setSpacing(8)
        card.body.addWidget(named(text(words), f"wipe-{number}-words"))
        done = button(
            tr("I have deleted it"), f"wipe-{number}-done", lambda: self._on_wiped(recording), description=words
        )
        card.body.addWidget(flow(done))
        return card

    def _on_wiped(self, recording: RecordingId) -> None:
        with self._messages.attempt():
            self._transfers.note_wiped(recording)
            self.refresh()
