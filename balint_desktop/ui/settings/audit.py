"""The audit trail as a table, its verification, and its head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.audit import MAX_SHOWN, AuditLine
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableMemory, TableRow
from balint_desktop.ui.widgets.table_bar import TableBar
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import medium, quiet, subheading


@dataclass(frozen=True, slots=True)
class AuditDeps:
    """Reads the audit trail. All methods raise Trouble. `broken_at` verifies the hash chain; `head` is eight words.

    `place_of` returns the row of a head written down earlier.
    """

    lines: Callable[[], tuple[AuditLine, ...]]
    count: Callable[[], int]
    broken_at: Callable[[], int | None]
    head: Callable[[], tuple[str, ...]]
    find_row: Callable[[str], int | None]
    memory: TableMemory


class AuditSection(QWidget):
    """*Verify*, the eight words, and the trail, which is read on request."""

    def __init__(self, deps: AuditDeps, messages: Messages) -> None:
        super().__init__()
        self._deps, self._messages = deps, messages
        self.verify_button = button(tr("Verify"), "trail-verify", self.verify)
        self.show_button = button(tr("Show the audit trail"), "trail-show", self.show_trail)
        self.verdict = LiveLabel("trail-verdict", selectable=True)
        self.head = named(medium(""), "trail-head")
        columns = (
            ColumnSpec("place", tr("No."), is_number=True),
            ColumnSpec("when", tr("When")),
            ColumnSpec("what", tr("Action")),
            ColumnSpec("about", tr("About")),
        )
        self.table = Table(
            "trail", tr("Audit trail"), columns, deps.memory, sort_by="place", descending=True, opens=False
        )
        self.table.failed.connect(messages.trouble)
        self.bar = TableBar(self.table, tr("Filter by group or action"))
        self.cut_off = named(quiet(""), "trail-cut-off")
        self.earlier = QLineEdit()
        self.earlier.returnPressed.connect(self.find_words)
        self.find_button = button(tr("Find"), "trail-look", self.find_words)
        self.found = LiveLabel("trail-found", selectable=True)
        form = Form()
        form.row(tr("Eight words from earlier"), self.earlier, "trail-earlier")
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Audit trail")), "trail-heading"))
        about = tr(
            "Every action in the vault, each row linked to the one before. Write the eight words down and keep "
            "them away from this laptop. Typed in later, they show that no row up to then was changed."
        )
        column.addWidget(named(quiet(about), "trail-about"))
        looking = (narrow(form), flow(self.find_button), self.found)
        rest = (self.verdict, self.head, *looking, self.bar, self.table, self.cut_off)
        for widget in (flow(self.verify_button, self.show_button), *rest):
            column.addWidget(widget)
        self.forget()

    def forget(self) -> None:
        """Discard what was shown."""
        for widget in (self.verdict, self.head, self.found, self.bar, self.table, self.cut_off):
            widget.hide()
        self.earlier.clear()
        self.table.show_rows(())
        self.show_button.show()

    def verify(self) -> None:
        """Verify the chain and show the result; if intact, show the words to write down."""
        with self._messages.act():
            broken, count, words = self._deps.broken_at(), self._deps.count(), self._deps.head()
            self.head.setText(" ".join(words) if broken is None else "")
            self.head.setVisible(broken is None)
            self.verdict.announce(_verdict(broken, count))

    def find_words(self) -> None:
        """Show the row of the words that were written down earlier."""
        with self._messages.act():
            self.found.announce(_found(self._deps.find_row(self.earlier.text())))

    def show_trail(self) -> None:
        """Show the trail, newest first."""
        with self._messages.act():
            lines, count = self._deps.lines(), self._deps.count()
            self.table.show_rows([_row(line) for line in lines])
            self.cut_off.setText(
                tr("The latest {shown} of {n} rows. Export the audit trail to see all of them.").format(
                    shown=len(lines), n=count
                )
            )
            self.cut_off.setVisible(count > MAX_SHOWN)
            for widget in (self.bar, self.table):
                widget.show()
            self.show_button.hide()
            follow_layout(self)
            self.table.setFocus()


def _verdict(broken: int | None, count: int) -> str:
    if broken is None:
        return tr_n(
            "The audit trail is intact: {n} row checked.", "The audit trail is intact: {n} rows checked.", count
        ).format(n=count)
    return tr(
        "The audit trail is broken from row {n} on: the log was changed from outside the app, or is damaged. Nothing "
        "was repaired. Leave the log as it is and compare it with a backup."
    ).format(n=broken)


def _found(place: int | None) -> str:
    if place is not None:
        return tr("Found at row {n}. If the audit trail is intact, nothing up to that row was changed.").format(n=place)
    return tr(
        "Not found in this audit trail. A word may be wrong, or this may be a different log, such as an older copy "
        "that was restored. Compare it with a backup."
    )


def _row(line: AuditLine) -> TableRow:
    when = Cell(day_and_time_at(line.wall), line.wall)
    return row(str(line.place), (Cell(str(line.place), line.place), when, line.act, line.about))
