"""Share a sealed copy of a recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import Condition, RecordingSummary
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.sealed.parcel import Packed
from balint_desktop.text import transfer
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.export.saved_notice import show_copied
from balint_desktop.ui.export.transfer_box import TransferBox, TransferTask
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, text
from balint_desktop.vault.parcels import ParcelPlan

_STAYS = frozenset({Condition.IN_USE, Condition.EMPTY})
Destroy = Callable[[RecordingId], None]
"""Opens the confirmation for destroying a recording in this vault."""


class ShareButton(QWidget):
    """A button that shares a sealed copy; afterwards it offers to destroy the original where possible."""

    def __init__(
        self,
        transfers: TransferService,
        work: Work,
        messages: Messages,
        *,
        ask: AskFolder = ask_for_folder,
        destroy: Destroy | None = None,
    ) -> None:
        super().__init__()
        self._transfers = transfers
        self._messages = messages
        self._destroy = destroy
        self._shown: RecordingId | None = None
        self._purpose: Purpose | None = None
        task = TransferTask(
            tr("Share sealed copy…"),
            "recording-hand-over",
            tr("Choose a folder for the sealed copy"),
            self._begin,
            self._on_packed,
        )
        self.box = TransferBox(task, transfers, work, messages, ask)
        about = tr("A sealed copy in a folder of your choice. Only the group’s readers can open it.")
        column = layouts.column(self, 8)
        column.addWidget(self.box)
        column.addWidget(named(small(about), "hand-over-about"))
        self.custody = named(text("", selectable=True), "hand-over-custody")
        column.addWidget(self.custody)
        self.hide()
        self.set_purpose(None)

    def set_purpose(self, purpose: object) -> None:
        """Set what the copy is for; without it, nothing can be shared."""
        self._purpose = purpose if isinstance(purpose, Purpose) else None
        self.box.button.setEnabled(self._purpose is not None)
        self.box.button.setAccessibleDescription("" if self._purpose is not None else tr("Choose a purpose first."))

    def show_recording(self, listed: RecordingSummary) -> None:
        """Set the recording."""
        self._shown = listed.id
        self.setVisible(listed.condition not in _STAYS)
        self._show_custody(listed.id)

    def _show_custody(self, recording: RecordingId) -> None:
        with self._messages.attempt():
            rows = self._transfers.shares(recording)
            template = tr("Sealed copy made on {when} in {folder}.")
            self.custody.setText(
                "\n".join(template.format(when=day_and_time_at(row.wall), folder=row.folder) for row in rows)
            )
            self.custody.setVisible(bool(rows))

    def _begin(self, into: Path) -> ParcelPlan:
        if self._shown is None or self._purpose is None:
            raise Trouble(TroubleCode.RECORDING_MISSING)
        return self._transfers.begin_share(self._shown, self._purpose, into)

    def _on_packed(self, plan: ParcelPlan, packed: Packed) -> None:
        handed = self._transfers.note_shared(plan, packed)
        recording = RecordingId(plan.about.recording)
        if recording == self._shown:
            self._show_custody(recording)
        words = transfer.shared(handed.row, is_as_sealed=handed.is_as_sealed, approved_stays=handed.approved_stays)
        destroy = self._destroy
        folder = Path(handed.row.folder)
        if destroy is None or not handed.is_as_sealed:
            show_copied(self._messages, folder, words)
        else:
            step = tr("Destroy the recording here…")
            show_copied(self._messages, folder, words, step, lambda: destroy(recording))
