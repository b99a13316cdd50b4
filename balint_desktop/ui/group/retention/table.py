"""The table of everything under retention: what, its state, when it is due, by which period, where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balint_desktop.domain.study.retention import (
    RetainedItem,
    RetainedKind,
    RetentionPeriods,
    RetentionStatus,
    due_first,
)
from balint_desktop.i18n import tr, tr_in
from balint_desktop.text import retention
from balint_desktop.ui.widgets.dates import day_words, short_day
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, TableRow, row


class RetentionTable(Table):
    """A row for each thing, the first due on top, and one for each kind of which there is nothing yet."""

    def __init__(self) -> None:
        super().__init__(
            "retention-table",
            tr("Retention"),
            (
                ColumnSpec("what", tr("What")),
                ColumnSpec("due", tr("Due")),
                ColumnSpec("state", tr("State")),
                ColumnSpec("period", tr("Period")),
                ColumnSpec("where", tr("Kept at")),
            ),
        )
        self._items: Mapping[str, tuple[RetainedKind, RetainedItem | None]] = {}

    def show_items(self, items: Sequence[RetainedItem], periods: RetentionPeriods) -> None:
        """Show a group's things."""
        there = {one.retained.kind for one in items}
        rows: list[tuple[RetainedKind, RetainedItem | None]] = [(one.retained.kind, one) for one in due_first(items)]
        rows += [(kind, None) for kind in RetainedKind if kind not in there]
        self._items = {f"{kind}-{number}": (kind, item) for number, (kind, item) in enumerate(rows)}
        self.show_rows([_row(key, kind, item, periods) for key, (kind, item) in self._items.items()])

    def chosen(self) -> tuple[RetainedKind, RetainedItem | None]:
        """Return the current row's kind, and its thing if there is one."""
        return self._items.get(self.chosen_key(), (RetainedKind.AUDIO, None))

    def choose_kind(self, kind: RetainedKind) -> None:
        """Make the first row of a kind current."""
        key = next((key for key, (of, _) in self._items.items() if of is kind), "")
        self.choose(key)

    def choose_due(self) -> None:
        """Make the first thing that is due current: Today leads here for it."""
        key = next((key for key, (_, item) in self._items.items() if item is not None and item.is_over), "")
        self.choose(key)


def _row(key: str, kind: RetainedKind, item: RetainedItem | None, periods: RetentionPeriods) -> TableRow:
    clock = periods.clocks.get(kind)
    due = item.due if item is not None and item.status is not RetentionStatus.GONE else None
    state = retention.state_words(item, day_words) if item is not None else tr("nothing yet")
    return row(
        key,
        (
            _name(kind, item),
            Cell(short_day(due), due.isoformat() if due is not None else None),
            state,
            retention.short_period(clock) if clock is not None else tr("not entered"),
            tr_in("where something is kept", "this vault")
            if item is not None and item.retained.is_in_vault
            else periods.places.get(kind, ""),
        ),
    )


def _name(kind: RetainedKind, item: RetainedItem | None) -> str:
    if item is None or (item.retained.recording is None and item.retained.code is None):
        return retention.title(kind)
    return tr("{kind}: {item}").format(kind=retention.title(kind), item=retention.subject(item))
