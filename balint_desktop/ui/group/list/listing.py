"""The list of groups, this year's first, archived ones on request, with a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.today.cards import full_day
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import short_day
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_bar import TableBar
from balint_desktop.ui.widgets.table_rows import Cell, TableRow, row
from balint_desktop.vault.log.dates import GroupSpan

# With fewer groups, no filter is needed.
_MANY = 8
Spans = Mapping[GroupId, GroupSpan]


class GroupList(QWidget):
    """Table of groups with actions for the selected one."""

    opened = Signal(str)
    archive_asked = Signal(str)
    unarchive_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._spans: Spans = {}
        self._today = date.min
        self.table = Table(
            "groups-table",
            tr("Groups"),
            (
                ColumnSpec("name", tr("Group")),
                ColumnSpec("when", tr("When")),
                ColumnSpec("sessions", tr("Sessions"), is_number=True),
                ColumnSpec("people", tr("Members"), is_number=True),
                ColumnSpec("note", tr("Notes")),
            ),
        )
        self.table.opened.connect(self.opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.bar = TableBar(self.table, tr("Find a group"))
        self.open_button = button(tr("Open"), "group-open", self._on_open)
        self.archive_button = button(tr("Archive"), "group-put-away", self._on_away, ButtonKind.QUIET)
        self.shown_button = button("", "groups-archived", self._on_shown, ButtonKind.QUIET)
        self._shows_archived = False
        column = layouts.column(self, 12)
        column.addWidget(self.bar)
        column.addWidget(self.table)
        column.addWidget(flow(self.open_button, self.archive_button, self.shown_button))
        named(self, "groups-list")

    def first_focus(self) -> QWidget | None:
        """Return the widget that gets the focus first: the filter, else the table; None without groups."""
        if self.table.isHidden():
            return None
        return self.table if self.bar.isHidden() else self.bar.field

    def show_groups(self, groups: Sequence[Group], spans: Iterable[GroupSpan], today: date) -> None:
        """Show the groups."""
        self._groups, self._today = tuple(groups), today
        self._spans = {span.id: span for span in spans}
        self._show()

    def _show(self) -> None:
        archived = [group for group in self._groups if self._is_archived(group.id)]
        self._shows_archived = self._shows_archived and bool(archived)
        listed = in_order(self._groups, self._spans, self._today)
        shown = [group for group in listed if self._shows_archived or not self._is_archived(group.id)]
        self.table.show_rows([_row(group, self._spans.get(group.id)) for group in shown])
        self.table.setVisible(bool(shown))
        self.bar.setVisible(len(shown) > _MANY)
        n = len(archived)
        label = tr_n("Show {n} archived group", "Show {n} archived groups", n).format(n=n)
        self.shown_button.setText(tr("Hide archived groups") if self._shows_archived else label)
        self.shown_button.setVisible(bool(archived))
        self._offer()

    def _offer(self) -> None:
        chosen = GroupId(self.table.chosen_key())
        self.open_button.setVisible(bool(chosen))
        self.archive_button.setVisible(bool(chosen) and chosen in self._spans)
        self.archive_button.setText(tr("Restore") if self._is_archived(chosen) else tr("Archive"))

    def _is_archived(self, group: GroupId) -> bool:
        return group in self._spans and self._spans[group].archived

    def _on_open(self) -> None:
        self.opened.emit(self.table.chosen_key())

    def _on_away(self) -> None:
        chosen = self.table.chosen_key()
        (self.unarchive_asked if self._is_archived(GroupId(chosen)) else self.archive_asked).emit(chosen)

    def _on_shown(self) -> None:
        self._shows_archived = not self._shows_archived
        self._show()


def in_order(groups: Iterable[Group], spans: Spans, today: date) -> list[Group]:
    """Return the groups in display order: running or unplanned, this year's, earlier ones, archived.

    Ended groups are sorted latest first.
    """

    def place(group: Group) -> tuple[bool, int, int, str]:
        span = spans.get(group.id)
        last = span.last if span is not None else None
        archived = span is not None and span.archived
        if last is None or last >= today:
            return archived, 0, 0, group.name.casefold()
        return archived, 1 if last.year == today.year else 2, -last.toordinal(), group.name.casefold()

    return sorted(groups, key=place)


def _row(group: Group, span: GroupSpan | None) -> TableRow:
    members = sum(member.left is None for member in group.participants)
    return row(
        group.id,
        (
            group.name,
            _when(group, span),
            Cell(str(group.sessions), group.sessions),
            Cell(str(members), members),
            ", ".join(_notes(group, span)),
        ),
    )


def _when(group: Group, span: GroupSpan | None) -> Cell:
    if span is not None and span.first is not None and span.last is not None:
        period = tr("{first} to {last}").format(first=short_day(span.first), last=short_day(span.last))
        return Cell(period, span.last.isoformat())
    return Cell(tr("usually on {day}").format(day=full_day(group.weekday)) if group.weekday is not None else "", None)


def _notes(group: Group, span: GroupSpan | None) -> list[str]:
    notes = [tr("recorded for research")] if group.for_research else []
    return [*notes, tr("archived")] if span is not None and span.archived else notes
