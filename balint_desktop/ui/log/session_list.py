"""The list of sessions: filters, search, counts, actions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.log.filters import LogFilters
from balint_desktop.ui.log.rows import FOUND, LogRows, columns
from balint_desktop.ui.log.wording import unencrypted_words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import Table, TableMemory
from balint_desktop.ui.widgets.table_bar import TableBar
from balint_desktop.ui.widgets.text import quiet, small, text
from balint_desktop.vault.log.summaries import SessionCounts, SessionQuery


class SessionList(QWidget):
    """The list of all or the filtered sessions."""

    opened = Signal(str)
    enter_asked = Signal()
    export_asked = Signal()
    failed = Signal(object)

    def __init__(self, log: LogService, memory: TableMemory) -> None:
        super().__init__()
        named(self, "log-list")
        self._log = log
        self._is_empty = True
        self._rows = LogRows(log, SessionQuery())
        self.filters = LogFilters()
        self.filters.changed.connect(self._show_rows)
        self.table = Table(
            "log-sessions", tr("Sessions"), columns(), memory, sort_by="began", descending=True, fills=True
        )
        self.bar = TableBar(self.table, tr("Search your notes"))
        self.bar.count.hide()
        self.table.opened.connect(self.opened)
        self.table.failed.connect(self.failed)
        self.table.arranged.connect(self._on_arranged)
        self.counts = named(quiet(""), "log-counts")
        self._none = named(text(""), "log-none")
        self._left = named(small(""), "log-left")
        self._open_button = button(tr("Open session"), "log-open", self._on_open, ButtonKind.PRIMARY)
        self._out_button = button(tr("Export these…"), "log-take-out", self.export_asked.emit)
        self._enter_button = button(tr("Enter a session afterwards…"), "log-enter", self.enter_asked.emit)
        self._clear = named(
            small(unencrypted_words()),
            "log-all-in-clear",
        )
        self._build()

    def _build(self) -> None:
        column = layouts.column(self, 10)
        for widget in (self.filters, self.bar, self.counts, self._none, self._left):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(flow(self._open_button, self._out_button, self._enter_button))
        column.addWidget(self._clear)
        column.addStretch(0)
        self._left.hide()
        self._show_counts(SessionCounts(0, 0))

    def selected(self) -> SessionQuery:
        """Return the selected filters and search words."""
        return replace(self.filters.selected(), words=self.table.rows.words)

    def refresh(self) -> None:
        """Refresh from the log. Raise Trouble."""
        self._is_empty = not self._log.counts(SessionQuery()).sessions
        self.filters.set_options(self._log.groups(), self._log.years())
        self._show_rows()

    def show_outdated(self, left: int) -> None:
        """Show how many sessions of an earlier version are still being read; their facts are incomplete until then."""
        self._left.setText(
            tr_n("Still reading {n} older session…", "Still reading {n} older sessions…", left).format(n=left)
        )
        self._left.setVisible(left > 0)

    def _show_rows(self) -> None:
        self._rows = LogRows(self._log, self.filters.selected())
        self.table.show_from(self._rows)

    def _on_arranged(self) -> None:
        self._show_counts(self._rows.counts)

    def _show_counts(self, counts: SessionCounts) -> None:
        self.table.columns.show_temporarily(FOUND, on=bool(self.table.rows.words.strip()))
        self.counts.setText(
            tr("{sessions}, {cases}").format(
                sessions=tr_n("{n} session", "{n} sessions", counts.sessions).format(n=counts.sessions),
                cases=tr_n("{n} case", "{n} cases", counts.cases).format(n=counts.cases),
            )
        )
        self._none.setText(
            tr("No sessions yet. Lead one, or enter one held without the laptop.")
            if self._is_empty
            else tr("No matching sessions. Choose “Show all”, or search for fewer words.")
        )
        self._none.setVisible(not counts.sessions)
        for way in (self.filters, self.bar):
            way.setVisible(not self._is_empty)
        for widget in (self.table, self.counts, self._open_button, self._out_button, self._clear):
            widget.setVisible(counts.sessions > 0)

    def _on_open(self) -> None:
        session = self.table.chosen_key()
        if session:
            self.opened.emit(session)
