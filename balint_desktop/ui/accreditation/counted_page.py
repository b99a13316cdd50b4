"""The items a number is made of, one line each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.progress import Item, ItemKind, Progress
from balint_desktop.domain.accreditation.values import AccreditationFacts, LedSession, Meeting, Supervision
from balint_desktop.i18n import tr
from balint_desktop.text import accreditation
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import short_day
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import quiet, subheading, text


class CountedPage(QWidget):
    """The page of one total."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "counted", spoken=tr("What is counted"))
        self.back_button = button(
            tr("Back to totals"), "counted-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "counted-title")
        self.how = named(quiet(""), "counted-how")
        self.none = named(text(tr("Nothing yet."), "quiet"), "counted-none")
        self.table = Table(
            "counted-table",
            tr("What is counted"),
            (
                ColumnSpec("day", tr("Date")),
                ColumnSpec("what", tr("What")),
                ColumnSpec("role", tr("Your role")),
                ColumnSpec("amount", tr("Counts"), is_number=True),
            ),
            opens=False,
        )
        column = layouts.column(self, 12)
        for widget in (self.back_button, self.title, self.how, self.none, self.table):
            column.addWidget(widget)

    def show_counted(self, number: Progress, facts: AccreditationFacts) -> None:
        """Show the items of a total."""
        self.title.setText(tr("{what}: {n}").format(what=accreditation.measure(number.measure), n=number.so_far))
        self.how.setText(accreditation.how_counted(number.measure))
        builder = _RowBuilder(facts)
        self.table.show_rows([builder.row(item) for item in number.items])
        self.table.setVisible(bool(number.items))
        self.none.setVisible(not number.items)


class _RowBuilder:
    """Build table rows for counted items."""

    def __init__(self, facts: AccreditationFacts) -> None:
        self._sessions: dict[str, LedSession] = {one.id: one for one in facts.sessions}
        self._supervisions: dict[str, Supervision] = {one.id: one for one in facts.supervisions}
        self._meetings: dict[str, Meeting] = {one.id: one for one in facts.meetings}

    def row(self, item: Item) -> TableRow:
        label, role = self._words(item)
        amount = f"{item.amount}/{item.out_of}" if item.out_of else str(item.amount)
        return row(
            f"{item.kind}-{item.id}",
            (Cell(short_day(item.day), item.day.isoformat()), label, role, Cell(amount, item.amount)),
        )

    def _words(self, item: Item) -> tuple[str, str]:
        if item.kind is ItemKind.SESSION:
            session = self._sessions[item.id]
            return session.title, accreditation.own_role(session.role)
        if item.kind is ItemKind.SUPERVISION:
            return tr("Supervision with {label}").format(label=self._supervisions[item.id].supervisor), ""
        meeting = self._meetings[item.id]
        kind = accreditation.meeting_kind(meeting.kind)
        role = accreditation.own_role(meeting.role) if meeting.role is not None else ""
        return (f"{kind}, {meeting.label}" if meeting.label else kind), role
