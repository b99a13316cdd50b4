"""The members table, by code, or with names while they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import short_day
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, TableRow, row


class MembersTable(QWidget):
    """Two tables, one visible at a time: the table without names has no columns for them."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.codes = Table("members-codes", tr("Members by code"), _columns())
        self.named = Table("members-names", tr("Members with names"), _columns(named=True))
        column = layouts.column(self)
        for table in (self.codes, self.named):
            column.addWidget(table)
            table.opened.connect(self.opened)
            table.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.named.hide()

    @property
    def in_view(self) -> Table:
        """Return the visible table."""
        return self.codes if self.named.isHidden() else self.named

    def show_members(self, group: Group, names: Roster | None) -> None:
        """Show a group's members, with names if given."""
        code = self.code()
        self.codes.show_rows([_row(member) for member in group.participants])
        self.named.show_rows([] if names is None else [_row(member, names) for member in group.participants])
        self.codes.setVisible(names is None)
        self.named.setVisible(names is not None)
        if code:
            self.in_view.choose(code)

    def forget(self) -> None:
        """Clear the names."""
        self.named.show_rows([])
        self.named.hide()
        self.codes.show()

    def code(self) -> str:
        """Return the selected member's code."""
        return self.in_view.chosen_key()


def _columns(*, named: bool = False) -> Sequence[ColumnSpec]:
    names = (
        (
            ColumnSpec("name", tr("Name")),
            ColumnSpec("short-names", tr("Short names")),
            ColumnSpec("contact", tr("Contact")),
        )
        if named
        else ()
    )
    return (
        ColumnSpec("code", tr("Code"), copied=False),
        *names,
        ColumnSpec("seat", tr("Seat"), is_number=True),
        ColumnSpec("joined", tr("Joined")),
        ColumnSpec("left", tr("Left")),
    )


def _row(member: Participant, names: Roster | None = None) -> TableRow:
    person = names.person(member.code) if names is not None else None
    person = person or Person(member.code, "")
    name_cells = () if names is None else (person.name, ", ".join(person.short_names), person.contact)
    joined = short_day(member.joined) if member.joined is not None else tr("from the start")
    return row(
        member.code,
        (
            member.code,
            *name_cells,
            Cell(str(member.seat or ""), member.seat),
            Cell(joined, member.joined.toordinal() if member.joined is not None else 0),
            Cell(short_day(member.left), member.left.toordinal() if member.left is not None else None),
        ),
    )
