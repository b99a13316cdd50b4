"""Import a roster: preview row by row, then all or nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import Roster
from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.plan_import import ImportPlan, RosterContent, RowOutcome, codes_without_name, plan
from balint_desktop.ui.group.members import wording
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import text

# Limit of listed lines: with more problems, the file has to be corrected first.
_MAX_PROBLEMS = 12


class ImportPanel(MemberPanel):
    """Preview of a roster import. Nothing is written before confirmation."""

    def __init__(self, service: MembersService, done: Callable[[], None]) -> None:
        super().__init__("roster-import", "", "")
        self._service, self._done = service, done
        self._group: Group | None = None
        self._roster = Roster()
        self._found = RosterContent(())
        self.planned = ImportPlan((), ())
        self.note = named(text(""), "roster-import-note")
        self.fill = named(QCheckBox(tr("Use codes without a name first")), "roster-import-fill")
        self._is_held = False
        self.check = named(
            text(tr("Sessions were already held: check below that each name belongs to its code.")),
            "roster-import-check",
        )
        self.fill.toggled.connect(lambda _: self._plan())
        self.day = DateField(service.today())
        self.table = Table(
            "roster-import-rows",
            tr("Preview"),
            (
                ColumnSpec("line", tr("Line"), is_number=True),
                ColumnSpec("code", tr("Code"), copied=False),
                ColumnSpec("name", tr("Name")),
                ColumnSpec("short-names", tr("Short names")),
                ColumnSpec("heard-as", tr("Heard as")),
                ColumnSpec("contact", tr("Contact")),
                ColumnSpec("what", tr("Result")),
            ),
            opens=False,
        )
        self.problems = LiveLabel("roster-import-problems", selectable=True)
        self.form.add(self.note)
        self.form.add(self.fill)
        self.form.add(self.check)
        self.form.add(self.table)
        self.form.add(self.problems)
        self._day_label = self.form.row(tr("New members join on"), self.day, "roster-import-day")

    def open_for(
        self, group: Group, roster: Roster, found: RosterContent, heading: str, *, is_pasted: bool = False
    ) -> None:
        """Show the effects of importing what was found."""
        self._group, self._roster, self._found = group, roster, found
        self.heading.setText(heading)
        note = wording.found_words(found, is_pasted=is_pasted)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.day.set_day(self._service.today())
        has_nameless = bool(codes_without_name(group, roster))
        self.fill.setVisible(has_nameless and any(one.code is None for one in found.rows))
        self.fill.setChecked(has_nameless)
        # After the first session a code has a history, which must not become another person's.
        self._is_held = self._service.members.is_held(group.id)
        self._plan()
        self.show()

    def _plan(self) -> None:
        if self._group is None:
            return
        self.planned = plan(self._found, self._group, self._roster, fill=self.fill.isChecked())
        self.table.show_rows(
            [
                row(
                    str(step.line),
                    (
                        Cell(str(step.line), step.line),
                        step.person.code,
                        step.person.name,
                        ", ".join(step.person.short_names),
                        ", ".join(step.person.heard_as),
                        step.person.contact,
                        wording.outcome_words(step.outcome),
                    ),
                )
                for step in self.planned.steps
            ]
        )
        self.table.setVisible(bool(self.planned.steps))
        self.check.setVisible(self._is_held and not self.fill.isHidden() and self.fill.isChecked())
        self._show_problems()
        joins = any(step.outcome is RowOutcome.JOINS for step in self.planned.steps)
        for widget in (self.day, self._day_label):
            widget.setVisible(joins and self._is_held)
        count = len(self.planned.named_rows)
        self.act_button.setText(tr_n("Import {n} name", "Import {n} names", count).format(n=count))
        self.act_button.setVisible(self.planned.is_possible)

    def _show_problems(self) -> None:
        problems = self.planned.problems
        lines = [wording.problem_words(problem) for problem in problems[:_MAX_PROBLEMS]]
        more = len(problems) - len(lines)
        if more > 0:
            lines.append(tr_n("And {n} more line.", "And {n} more lines.", more).format(n=more))
        if problems:
            lines.append(tr("Nothing can be imported yet. Correct these lines in the list, then import it again."))
        elif not self.planned.named_rows:
            lines.append(tr("Everyone in this list is already in the roster."))
        self.problems.follow("\n".join(lines))

    def act(self) -> None:
        if self._group is None or not self.planned.is_possible:
            return
        day = None if self.day.isHidden() else self.day.day()
        if self._service.import_roster(self._group, self.planned, day):
            self.close_panel()
            self._done()

    def forget(self) -> None:
        self._group, self._roster, self._found, self.planned = None, Roster(), RosterContent(()), ImportPlan((), ())
        self.table.show_rows([])
        self.problems.announce("")
