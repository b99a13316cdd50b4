"""Rows of the Log's table, read from summaries a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from balint_desktop.domain.values import SessionId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import format_name
from balint_desktop.reports.log_service import LogService
from balint_desktop.text import durations
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.ui.widgets.table_rows import Cell, ColumnSpec, TableRow
from balint_desktop.vault.log.summaries import SessionCounts, SessionQuery, SummaryRow

# The column that is shown while searching in notes.
FOUND = "found"


def columns() -> tuple[ColumnSpec, ...]:
    """Return the table's columns; all but the last are named by the log's sort keys."""
    return (
        ColumnSpec("began", tr("Date")),
        ColumnSpec("group", tr("Group")),
        ColumnSpec("number", tr("Number"), is_number=True),
        ColumnSpec("presenter", tr("Presenter")),
        ColumnSpec("cases", tr("Cases"), shown=False, is_number=True),
        ColumnSpec("present", tr("Present"), shown=False, is_number=True),
        ColumnSpec("recorded", tr("Recorded")),
        ColumnSpec("length", tr("Length"), is_number=True),
        ColumnSpec("kind", tr("Type"), shown=False),
        ColumnSpec("format", tr("Format"), shown=False),
        ColumnSpec("online", tr("Setting"), shown=False),
        ColumnSpec("marked", tr("Remarks")),
        ColumnSpec(FOUND, tr("In your notes"), shown=False),
    )


class LogRows:
    """The filtered sessions. The log sorts and filters; only visible rows are read."""

    def __init__(self, log: LogService, wanted: SessionQuery) -> None:
        self._log = log
        self.query = wanted
        self._ids: list[int] = []
        self.counts = SessionCounts(0, 0)

    def count(self) -> int:
        """Return the number of sessions."""
        return len(self._ids)

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort, and search the notes. Raise Trouble."""
        self.query = replace(self.query, words=words)
        by = column if column and column != FOUND else "began"
        found = self._log.found(self.query, by, descending=descending)
        self._ids, self.counts = found.ids, found.counts

    def window(self, first: int, many: int) -> Sequence[TableRow]:
        """Return the rows of a window. Raise Trouble."""
        rows = self._log.rows(self._ids[first : first + many])
        found = self._log.snippets([row.session for row in rows], self.query.words)
        return [_row(row, found.get(row.session, "")) for row in rows]

    def index_of(self, key: str) -> int | None:
        """Return a session's current row. Raise Trouble."""
        place = self._log.id_of(SessionId(key))
        return self._ids.index(place) if place in self._ids else None


def _row(row: SummaryRow, found: str) -> TableRow:
    return TableRow(
        row.session,
        (
            Cell(day_at(row.began_wall)),
            Cell(row.group_name),
            Cell(str(row.number)),
            Cell(", ".join(row.presenters) or tr("none")),
            Cell(str(row.cases)),
            Cell(str(len(row.present))),
            Cell({"yes": tr("yes"), "destroyed": tr("destroyed")}.get(row.recorded, tr("no"))),
            Cell(durations.clock(row.ended_s) if row.ended_s is not None else tr("not ended")),
            Cell(tr("evaluation") if row.kind is SessionKind.EVALUATION else tr("case")),
            Cell(format_name(row.format_name)),
            Cell(tr("online") if row.online else tr("face to face")),
            Cell(_marked(row)),
            Cell(found),
        ),
    )


def _marked(row: SummaryRow) -> str:
    marks = [tr("evaluation")] if row.kind is SessionKind.EVALUATION else []
    marks += [tr("entered afterwards")] if row.entered else []
    marks += [tr("corrected")] if row.corrected else []
    marks += [] if row.closed else [tr("no debrief")]
    return ", ".join(marks)
