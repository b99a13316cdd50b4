"""Export attendance as a grid of people and dates; with names only where asked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.reports.attendance import ABSENT, PRESENT, attendance_grid, grid_headings, grid_table
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.log_files import attendance_csv
from balint_desktop.ui.group.reports import pages
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.dates import day_words, short_day
from balint_desktop.ui.widgets.naming import named

# As many dates as a landscape page takes side by side.
_SIDE_BY_SIDE = 7
# A longer name takes two lines.
_LONGEST_LINE = 32


class AttendanceOffer(ExportOffer):
    """The offer. Its tick applies to one export: it is cleared after saving or leaving the page."""

    def __init__(self, deps: ReportDeps) -> None:
        self._deps = deps
        self._group: Group | None = None
        self.with_names = named(QCheckBox(tr("With the names in the roster")), "attendance-with-names")
        self.save_button = button(tr("Export attendance…"), "attendance-save", self.save)
        super().__init__(
            "report-attendance",
            tr("Attendance"),
            tr("Who attended on which date, by study number, and nothing else. For a course."),
            self.save_button,
        )
        self.more.addWidget(self.with_names)

    def show_group(self, group: Group) -> None:
        """Offer a group's attendance."""
        self._group = group

    def forget(self) -> None:
        """Clear the tick."""
        self.with_names.setChecked(False)

    def save(self) -> None:
        """Ask for a destination and write the grid. Names are read from the roster when they were asked for."""
        group = self._group
        if group is None:
            return
        with self._deps.messages.attempt():
            names = self._deps.service.names(group.id) if self.with_names.isChecked() else {}
            if self.with_names.isChecked() and not names:
                self._deps.messages.inform(tr("The roster has no names for this group."))
                return
            stem = file_stem("balint", "attendance", group.name)
            forms = self._forms(group, names)
            if self._deps.export.save(self, stem, forms, group.id, with_name=bool(names)) is not None:
                self.forget()

    def _forms(self, group: Group, names: Mapping[ParticipantCode, str]) -> tuple[FileForm, ...]:
        def account() -> GroupAccount:
            return self._deps.service.account(group)

        labels = self._deps.service.labels(group.id)

        def sheet() -> bytes:
            return to_xlsx((grid_table(attendance_grid(account(), labels, names), short_day),))

        def pdf() -> bytes:
            title = tr("Attendance of {group}").format(group=group.name)
            return paper.pdf(attendance_page(account(), labels, names), title, landscape=True)

        # What holds names says so with its own word.
        marked = "" if names else f".{labels.marked}"
        audit_name = "attendance-with-names" if names else "attendance"
        grids = (
            FileForm(tr("Spreadsheet"), f"{marked}.xlsx", audit_name, sheet),
            FileForm(tr("PDF"), f"{marked}.pdf", audit_name, pdf),
        )
        return grids if names else (*grids, attendance_csv(lambda: account().records, lambda: (group,), labels))


def attendance_page(account: GroupAccount, labels: OutsideLabels, names: Mapping[ParticipantCode, str]) -> str:
    """Return the grid as HTML for a landscape page, seven dates side by side."""
    grid = attendance_grid(account, labels, names)
    headings = grid_headings(grid, short_day)
    number = tr("Study number") if labels.by_number() else tr("Code")
    people = (tr("Code"), tr("Name")) if names else (number,)
    parts = [
        pages.heading(tr("Attendance of {group}").format(group=account.group.name)),
        pages.quiet(
            tr("Made on {day}. {present} attended, {absent} did not; empty: not a member that day.").format(
                day=day_words(account.today), present=PRESENT, absent=ABSENT
            )
        ),
    ]
    if not grid.sessions:
        return "".join([*parts, pages.line(tr("The group has not met yet."))])
    for first in range(0, len(headings), _SIDE_BY_SIDE):
        shown = slice(first, first + _SIDE_BY_SIDE)
        rows = [
            (
                row.label,
                *([row.name] if names else []),
                *row.marks[shown],
                tr("{n} of {count}").format(n=row.attended, count=row.possible),
            )
            for row in grid.rows
        ]
        wraps = any(len(row.name) > _LONGEST_LINE for row in grid.rows)
        parts.append(pages.table((*people, *headings[shown], tr("In all")), rows, wraps=wraps))
    return "".join(parts)
