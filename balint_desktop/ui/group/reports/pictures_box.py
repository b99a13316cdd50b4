"""Charts of a group, each with a table that says the same."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.session_record import PhaseTimes
from balint_desktop.i18n import tr
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.text import durations
from balint_desktop.ui.group.charts.attendance import AttendanceDots, CodeRow
from balint_desktop.ui.group.charts.phase_strips import PhaseStrips
from balint_desktop.ui.group.reports.group_report import session_strips
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import chip
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import quiet, subheading, text


class PicturesBox(QWidget):
    """Both charts. Attendance by code is shown on request and hidden when the page is left."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "report-pictures", spoken=tr("Charts"))
        self.strips = PhaseStrips()
        self.strips_table = Table(
            "phase-strips-table",
            tr("Phases of each session"),
            (
                ColumnSpec("session", tr("Session")),
                ColumnSpec("phase", tr("Phase")),
                ColumnSpec("planned", tr("Planned")),
                ColumnSpec("actual", tr("Actual")),
            ),
            opens=False,
        )
        self.dots = AttendanceDots()
        columns = (
            ColumnSpec("code", tr("Code"), copied=False),
            ColumnSpec("there", tr("Attended")),
            ColumnSpec("away", tr("Absent")),
        )
        self.dots_table = Table("attendance-table", tr("Attendance by code"), columns, opens=False)
        self.as_table = chip(tr("Show as a table"), "pictures-as-table", lambda _on: self._show())
        self.by_code = chip(tr("Show attendance by code"), "pictures-by-code", lambda _on: self._show())
        self._none = named(text(tr("Charts appear after the first session."), "quiet"), "pictures-none")
        self._about = named(quiet(tr("Planned above, actual below, in minutes from the start.")), "phase-strips-about")
        self._has = False
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Sessions at a glance")), "pictures-heading"))
        for widget in (self._none, self._about, self.strips, self.strips_table):
            column.addWidget(widget)
        column.addWidget(flow(self.as_table, self.by_code))
        column.addWidget(self.dots)
        column.addWidget(self.dots_table)

    def show_account(self, account: GroupAccount) -> None:
        """Show a group's sessions."""
        self._has = bool(account.records)
        strips = session_strips(account)
        self.strips.show_strips(strips)
        self.strips_table.show_rows(
            [
                row(
                    f"{number}-{place}",
                    (
                        one.label,
                        phase.label,
                        Cell(durations.span_words(phase.planned_from_s, phase.planned_until_s), phase.planned_from_s),
                        Cell(_actual(phase), phase.from_s),
                    ),
                )
                for number, one in enumerate(strips)
                for place, phase in enumerate(one.phases)
            ]
        )
        sessions = [str(record.setting.number) for record in account.records]
        rows = attendance_rows(account)
        self.dots.show_rows(sessions, rows)
        self.dots_table.show_rows(
            [
                row(one.code, (one.code, _listed(one, sessions, there=True), _listed(one, sessions, there=False)))
                for one in rows
            ]
        )
        self._show()

    def hide_codes(self) -> None:
        """Hide attendance by code."""
        self.by_code.setChecked(False)
        self._show()

    def _show(self) -> None:
        table, codes = self.as_table.isChecked(), self.by_code.isChecked()
        self._none.setVisible(not self._has)
        for widget in (self.as_table, self.by_code, self._about):
            widget.setVisible(self._has)
        self.strips.setVisible(self._has and not table)
        self.strips_table.setVisible(self._has and table)
        self.dots.setVisible(self._has and codes and not table)
        self.dots_table.setVisible(self._has and codes and table)


def _actual(phase: PhaseTimes) -> str:
    if phase.from_s is None:
        return tr("not reached")
    return durations.span_words(phase.from_s, phase.until_s) if phase.until_s is not None else tr("not ended")


def attendance_rows(account: GroupAccount) -> list[CodeRow]:
    """Return per participant the attendance in each session; None if not a member then."""
    rows = []
    for code in account.members:
        could = {record.id for record in account.could_attend(code)}
        there = tuple(code in record.present if record.id in could else None for record in account.records)
        rows.append(CodeRow(code, there))
    return rows


def _listed(row: CodeRow, sessions: list[str], *, there: bool) -> str:
    return ", ".join(name for name, was in zip(sessions, row.there, strict=True) if was is there)
