"""Back up the vault, and list backups."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr, tr_n
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
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import quiet, subheading, text
from balint_desktop.vault.log.transfers import TransferRow
from balint_desktop.vault.parcels import ParcelPlan


class BackupsSection(QWidget):
    """A button to back up, and the backups in the log."""

    def __init__(
        self, transfers: TransferService, work: Work, messages: Messages, *, ask: AskFolder = ask_for_folder
    ) -> None:
        super().__init__()
        self._transfers = transfers
        self._messages = messages
        task = TransferTask(
            tr("Back up to a folder…"),
            "backup-make",
            tr("Back up to which folder?"),
            transfers.begin_backup,
            self._on_packed,
        )
        self.box = TransferBox(task, transfers, work, messages, ask)
        columns = (
            ColumnSpec("made", tr("Made")),
            ColumnSpec("recordings", tr("Recordings")),
            ColumnSpec("where", tr("Where")),
        )
        self.table = Table("backups-table", tr("Backups"), columns, opens=False)
        self._none = named(text(tr("There is no backup yet."), "quiet"), "backups-none")
        about = tr(
            "A sealed copy of the whole vault on a USB stick or another disk. It opens with the passphrase or "
            "recovery key you have now. Recordings you destroy later stay in it."
        )
        more = flow(learn_more("backups", "backups-more"))
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Backups")), "backups-heading"))
        for widget in (named(quiet(about), "backups-about"), self.box, self._none, self.table, more):
            column.addWidget(widget)
        self.table.hide()

    def refresh(self) -> None:
        """Refresh the list of backups."""
        with self._messages.attempt():
            rows = self._transfers.backups()
            self.table.show_rows([_row(str(number), one) for number, one in enumerate(rows)])
            self.table.setVisible(bool(rows))
            self._none.setVisible(not rows)

    def _on_packed(self, plan: ParcelPlan, packed: Packed) -> None:
        row = self._transfers.backed_up(plan, packed)
        words = transfer.backup_made(row, plan.about.left_out, is_listed=plan.is_listed)
        show_copied(self._messages, Path(row.folder), words)
        for trouble in self._transfers.vault.key_troubles:
            self._messages.trouble(trouble)
        self.refresh()


def _row(key: str, one: TransferRow) -> TableRow:
    count = len(one.recordings)
    held = tr_n("{n} recording", "{n} recordings", count).format(n=count) if one.is_finished else tr("not finished")
    return row(key, (Cell(day_and_time_at(one.wall), one.wall), Cell(held, count), one.folder))
