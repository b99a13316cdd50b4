"""Panels of the dates section: move, cancel, days off."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group import date_changes
from balint_desktop.domain.group.dates import Instead, PlannedSession
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.group.dates.service import Calendar, DatesService
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import DateField, TimeField, day_words
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

Done = Callable[[], None]


class MoveDatePanel(MemberPanel):
    """Form to move one session, alone or with all that follow, to another day or time."""

    def __init__(self, service: DatesService, done: Done) -> None:
        super().__init__("date-move", "", "", drafts=service.drafts)
        self._service, self._done = service, done
        self._group: Group | None = None
        self._line: PlannedSession | None = None
        self._calendar: Calendar | None = None
        self.day = DateField(service.today())
        self.time = TimeField()
        self.following = named(QCheckBox(tr("Move the later sessions too")), "date-move-following")
        self.form.add(side_by_side((tr("Date"), self.day, "date-move-day"), (tr("Time"), self.time, "date-move-time")))
        self.form.add(self.following)
        self.following.toggled.connect(lambda _: self._show_count())

    def open_for(self, group: Group, line: PlannedSession) -> None:
        """Show the form for a session."""
        self._group, self._line = group, line
        self._calendar = self._service.calendar(group.id)
        self.heading.setText(tr("Move session {n}").format(n=line.number))
        self.day.set_day(line.day)
        self.time.set_time(line.time)
        self.following.setChecked(False)
        self.draft.begin(f"dates/move/{group.id}/{line.number}")
        self._show_count()
        self.problem.announce("")
        self.show()

    def act(self) -> None:
        group, line = self._group, self._line
        if group is None or line is None or line.number is None:
            return
        number = line.number
        day, time = self.day.day(), self.time.time_of_day()
        move = date_changes.moved_with_following if self.following.isChecked() else date_changes.moved
        words = (
            tr("Session {n} and the later ones were moved. Session {n} is on {day}.")
            if self.following.isChecked()
            else tr("Session {n} was moved to {day}.")
        ).format(n=number, day=day_words(day))
        if self._service.change(group, words, lambda plan, held: move(plan, held, number, day, time)):
            self.close_panel()
            self._done()

    def first_focus(self) -> QWidget:
        return self.day

    def _show_count(self) -> None:
        calendar, line, count = self._calendar, self._line, 1
        if calendar is not None and line is not None and self.following.isChecked():
            count = date_changes.count_following(calendar.plan, calendar.held, line.number or 0)
        self.act_button.setText(tr_n("Move {n} session", "Move {n} sessions", count).format(n=count))


class CancelPanel(MemberPanel):
    """Form to cancel a session and choose its replacement."""

    def __init__(self, service: DatesService, done: Done) -> None:
        less = button(tr("Have one session fewer"), "date-cancel-less", lambda: self._cancel(Instead.NOTHING))
        super().__init__("date-cancel", "", tr("Hold it on the next date"), ButtonKind.PLAIN, (less,))
        self.less_button = less
        self._service, self._done = service, done
        self._group: Group | None = None
        self._line: PlannedSession | None = None
        note = tr("Hold it on the next date, and later sessions move on; or have one session fewer.")
        self.form.add(named(small(note), "date-cancel-words"))

    def open_for(self, group: Group, line: PlannedSession) -> None:
        """Show the form for a session."""
        self._group, self._line = group, line
        self.heading.setText(tr("Cancel session {n}, {day}?").format(n=line.number, day=day_words(line.day)))
        calendar = self._service.calendar(group.id)
        count = date_changes.count_following(calendar.plan, calendar.held, line.number or 0)
        self.act_button.setText(
            tr_n(
                "Hold it on the next date: {n} session moves", "Hold it on the next date: {n} sessions move", count
            ).format(n=count)
        )
        self.show()

    def act(self) -> None:
        self._cancel(Instead.LATER)

    def _cancel(self, instead: Instead) -> None:
        group, line = self._group, self._line
        if group is None or line is None or line.number is None:
            return
        number = line.number
        words = tr("The session on {day} was cancelled.").format(day=day_words(line.day))
        if self._service.change(group, words, lambda plan, held: date_changes.cancelled(plan, held, number, instead)):
            self.close_panel()
            self._done()


class DaysOffPanel(MemberPanel):
    """Form for days without meetings, such as holidays: sessions on them and all later ones move."""

    def __init__(self, service: DatesService, done: Done) -> None:
        super().__init__("days-off", tr("Days off"), "", drafts=service.drafts)
        self._service, self._done = service, done
        self._group: Group | None = None
        self._calendar: Calendar | None = None
        self.first = DateField(service.today())
        self.last = DateField(service.today())
        self.form.add(
            side_by_side(
                (tr("First day off"), self.first, "days-off-first"), (tr("Last day off"), self.last, "days-off-last")
            )
        )
        self.form.add(small(tr("Sessions on these days move to the next free week; later ones follow.")))
        self.first.changed.connect(self._follow)
        for field in (self.first, self.last):
            field.edited.connect(self._show_count)

    def open_for(self, group: Group, line: PlannedSession | None) -> None:
        """Show the form for a group's days off, starting at a session's day."""
        self._group, self._calendar = group, self._service.calendar(group.id)
        day = line.day if line is not None else self._service.today()
        self.first.set_day(day)
        self.last.set_day(day)
        self.draft.begin(f"dates/days-off/{group.id}")
        self._show_count()
        self.problem.announce("")
        self.show()

    def act(self) -> None:
        if self._group is None:
            return
        first, last = self.first.day(), self.last.day()
        words = tr("No session is planned from {first} to {last}.").format(first=day_words(first), last=day_words(last))
        if self._service.change(
            self._group, words, lambda plan, held: date_changes.with_days_off(plan, held, first, last), words
        ):
            self.close_panel()
            self._done()

    def first_focus(self) -> QWidget:
        return self.first

    def _show_count(self) -> None:
        """Show on the button how many sessions would move; a partly typed date moves none."""
        calendar, count = self._calendar, 0
        if calendar is not None and self.first.has_day() and self.last.has_day():
            plan, held = calendar.plan, calendar.held
            number = date_changes.first_on_days_off(plan, held, self.first.day(), self.last.day())
            count = date_changes.count_following(plan, held, number) if number is not None else 0
        self.act_button.setText(tr_n("Move {n} session", "Move {n} sessions", count).format(n=count))

    def _follow(self) -> None:
        with suppress(Trouble):
            self.last.set_day(max(self.first.day(), self.last.day()))
