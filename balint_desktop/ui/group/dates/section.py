"""The dates section: a group's calendar as a table with its actions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group import date_changes
from balint_desktop.domain.group.dates import PlannedSession, next_planned
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.group.dates import wording
from balint_desktop.ui.group.dates.panels import CancelPanel, DaysOffPanel, MoveDatePanel
from balint_desktop.ui.group.dates.planning import PlanFields
from balint_desktop.ui.group.dates.service import Calendar, DatesService
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import day_words, focus_unreadable
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.text import small, text


class DatesSection(Section[Group]):
    """The section. Without a calendar it proposes one."""

    get_ready_asked = Signal(str)
    enter_asked = Signal(str, int)
    """A planned session that has no record is to be entered: the group's id and the session's number."""

    def __init__(self, service: DatesService) -> None:
        super().__init__()
        named(self, "dates-section")
        self._service = service
        self._group: Group | None = None
        self._calendar: Calendar | None = None
        self.fields = PlanFields("plan", service.today())
        self._draft = FormDraft(self.fields, service.drafts)
        self.problem = ProblemLabel("plan-problem")
        self.plan_button = button(tr("Plan these sessions"), "plan-do", self._plan, ButtonKind.PRIMARY)
        self.move_panel = MoveDatePanel(service, self._refresh_group)
        self.cancel_panel = CancelPanel(service, self._refresh_group)
        self.days_off_panel = DaysOffPanel(service, self._refresh_group)
        self._panels: tuple[MemberPanel, ...] = (self.move_panel, self.cancel_panel, self.days_off_panel)
        self.table = Table(
            "dates-table",
            tr("Dates"),
            (
                ColumnSpec("number", tr("Session"), is_number=True),
                ColumnSpec("day", tr("Date")),
                ColumnSpec("time", tr("Time")),
                ColumnSpec("state", tr("Notes")),
            ),
        )
        self.table.opened.connect(lambda _: self._open(self.move_panel))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._update_actions())
        self.clashes = named(small(""), "dates-clashes")
        self.ready_button = button(tr("Get ready"), "dates-ready", self._get_ready, ButtonKind.PRIMARY)
        self.enter_button = button(tr("Enter its record…"), "date-enter", self._enter)
        self.move_button = button(tr("Move…"), "date-move-open", lambda: self._open(self.move_panel))
        self.skip_button = button(tr("Skip this date"), "date-skip", self._skip)
        self.cancel_button = button(tr("Cancel session…"), "date-cancel-open", lambda: self._open(self.cancel_panel))
        self.kind_button = button("", "date-kind", self._change_kind)
        self.days_off_button = button(tr("Days off…"), "days-off-open", self._open_days_off)
        self.more_button = button(tr("Add a session"), "dates-more", self._add)
        self._build()

    def show_subject(self, thing: Group) -> None:
        is_other = self._group is None or self._group.id != thing.id
        if is_other:
            self._close_panels()
        self._group = thing
        self._show(choose_next=is_other)

    def leave_view(self) -> None:
        self._draft.keep()
        self._close_panels()

    def first_focus(self) -> QWidget:
        if self._calendar is None or not self._calendar.plan:
            return self.fields.first
        return self.table if self.ready_button.isHidden() else self.ready_button

    # --- display ---

    def _build(self) -> None:
        column = layouts.column(self, 12)
        self._proposal = QWidget()
        inside = layouts.column(self._proposal, 12)
        inside.addWidget(
            named(text(tr("No dates are planned yet. Past dates are fine; each can be moved later.")), "plan-none")
        )
        inside.addWidget(self.fields)
        inside.addWidget(self.problem)
        inside.addWidget(flow(self.plan_button))
        self._planned = QWidget()
        inside = layouts.column(self._planned, 12)
        inside.addWidget(self.table)
        inside.addWidget(self.clashes)
        inside.addWidget(
            flow(
                *(self.ready_button, self.enter_button, self.move_button, self.skip_button),
                *(self.cancel_button, self.kind_button),
            )
        )
        for panel in self._panels:
            panel.closed = self.table.setFocus
            inside.addWidget(panel)
        inside.addWidget(flow(self.days_off_button, self.more_button))
        column.addWidget(self._proposal)
        column.addWidget(self._planned)

    def _show(self, *, choose_next: bool = False) -> None:
        if self._group is None:
            return
        calendar = self._service.calendar(self._group.id)
        self._calendar = calendar
        if not calendar.plan:
            self._draft.refill(f"dates/plan/{self._group.id}", self.fields.reset)
        self._proposal.setVisible(not calendar.plan)
        self._planned.setVisible(bool(calendar.plan))
        self.problem.announce("")
        chosen = self.table.chosen_key()
        self.table.show_rows(wording.rows(calendar))
        line = next_planned(calendar.plan, calendar.held, calendar.today)
        if (choose_next or not chosen) and line is not None:
            self.table.choose(wording.row_key(line))
        clash_text = wording.clash_words(calendar)
        self.clashes.setText(clash_text)
        self.clashes.setVisible(bool(clash_text))
        self._update_actions()
        follow_layout(self)

    def _update_actions(self) -> None:
        """Show the actions available for the selected date."""
        calendar, line = self._calendar, self._line()
        movable = calendar is not None and line is not None and line.number not in calendar.held
        for made in (self.move_button, self.skip_button, self.cancel_button, self.kind_button):
            made.setVisible(movable)
        coming = next_planned(calendar.plan, calendar.held, calendar.today) if calendar is not None else None
        self.ready_button.setVisible(line is not None and line == coming)
        self.enter_button.setVisible(
            movable and calendar is not None and line is not None and line.day <= calendar.today
        )
        evaluates = line is not None and line.kind is SessionKind.EVALUATION
        moving = (
            date_changes.count_following(calendar.plan, calendar.held, line.number or 0) if calendar and line else 0
        )
        self.skip_button.setText(
            tr_n("Skip this date: {n} session moves", "Skip this date: {n} sessions move", moving).format(n=moving)
        )
        self.kind_button.setText(tr("Make it an ordinary session") if evaluates else tr("Make it the evaluation"))

    def _line(self) -> PlannedSession | None:
        """Return the selected session, None for a cancelled one."""
        key = self.table.chosen_key()
        plan = self._calendar.plan if self._calendar is not None else ()
        return next((line for line in plan if line.number is not None and wording.row_key(line) == key), None)

    # --- actions ---

    def _plan(self) -> None:
        if self._group is None or self._calendar is None:
            return
        after = max(self._calendar.held, default=0)
        with self.problem.attempt() as attempt:
            plan = self.fields.plan(after)
        if attempt.trouble is not None:
            if not focus_unreadable(self.fields):
                self.fields.first.setFocus()
        elif self._service.change(self._group, tr("The sessions were planned."), lambda _plan, _held: plan):
            with self.problem.attempt():
                self._draft.discard()
            self._refresh_group()

    def _skip(self) -> None:
        line = self._line()
        if line is not None and line.number is not None:
            number = line.number
            words = tr("{day} was skipped. The sessions after it move on.").format(day=day_words(line.day))
            self._do(words, lambda plan, held: date_changes.skipped(plan, held, number))

    def _change_kind(self) -> None:
        line = self._line()
        if line is not None and line.number is not None:
            number, evaluates = line.number, line.kind is SessionKind.EVALUATION
            kind = SessionKind.CASE if evaluates else SessionKind.EVALUATION
            message = (
                tr("Session {n} is now an ordinary session.") if evaluates else tr("Session {n} is now the evaluation.")
            )
            self._do(message.format(n=number), lambda plan, held: date_changes.with_kind(plan, held, number, kind))

    def _add(self) -> None:
        self._do(tr("A session was added."), date_changes.with_one_more)

    def _do(self, words: str, act: date_changes.Act) -> None:
        if self._group is not None and self._service.change(self._group, words, act):
            self._refresh_group()

    def _get_ready(self) -> None:
        if self._group is not None:
            self.get_ready_asked.emit(self._group.id)

    def _enter(self) -> None:
        line = self._line()
        if self._group is not None and line is not None and line.number is not None:
            self.enter_asked.emit(self._group.id, line.number)

    # --- panels ---

    def _open(self, panel: MoveDatePanel | CancelPanel) -> None:
        """Open a panel for the selected date, if it can still be changed."""
        line = self._line()
        if self._group is not None and line is not None and self.move_button.isVisibleTo(self):
            self._close_panels()
            panel.open_for(self._group, line)
            self._focus(panel)

    def _open_days_off(self) -> None:
        if self._group is not None:
            self._close_panels()
            self.days_off_panel.open_for(self._group, self._line())
            self._focus(self.days_off_panel)

    def _focus(self, panel: MemberPanel) -> None:
        follow_layout(self)
        panel.first_focus().setFocus()

    def _close_panels(self) -> None:
        for panel in self._panels:
            panel.leave()

    def _refresh_group(self) -> None:
        self._show()
        self.table.setFocus()
