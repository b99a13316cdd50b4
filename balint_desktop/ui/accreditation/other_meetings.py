"""Meetings elsewhere: groups attended or led without this laptop, weekends, society events."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.accreditation.values import EntryId, Meeting, MeetingKind, OwnRole
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.text import accreditation, durations
from balint_desktop.text.capital import with_capital
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.entries import EntryForm, EntrySection
from balint_desktop.ui.widgets.dates import DateField, day_words, short_day
from balint_desktop.ui.widgets.fields import ChoiceField, HoursField, NumberField, chosen
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row

_MAX_HOURS = 300
_USUAL_MINUTES = 90
_MAX_SESSIONS = 200
# Only these kinds have a number of sessions.
_HOLDS_SESSIONS = {MeetingKind.MEMBER, MeetingKind.LED}


class OtherMeetingForm(EntryForm[Meeting]):
    """Form for a meeting: kind, dates, length; number of sessions and cases for a group."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__("elsewhere")
        self._id = EntryId("")
        today = deps.service.today()
        self.kind = ChoiceField()
        for kind in MeetingKind:
            self.kind.addItem(accreditation.meeting_kind(kind), kind)
        self.label = QLineEdit()
        self.day = DateField(today)
        self.last_day = DateField(today)
        self.hours = HoursField(_MAX_HOURS, _USUAL_MINUTES)
        self.sessions = NumberField(1, _MAX_SESSIONS, 1)
        self.cases = NumberField(0, _MAX_SESSIONS, 0)
        self.role = ChoiceField()
        for role in (None, *OwnRole):
            self.role.addItem(with_capital(accreditation.own_role(role)), role)
        self.online = named(QCheckBox(tr("Held online")), "elsewhere-online")
        self._last_follows = True
        self._build()
        self.finish()
        self.kind.currentIndexChanged.connect(self._show_fitting)
        self.day.changed.connect(self._on_day)
        self.last_day.changed.connect(self._on_last_day)
        self._show_fitting()

    def _build(self) -> None:
        form = Form()
        form.row(tr("Type"), self.kind, "elsewhere-kind")
        form.row(
            tr("Place or group"),
            self.label,
            "elsewhere-label",
            tr("A few words to recognise it by. No members’ names, nothing about a case."),
        )
        form.add(
            side_by_side(
                (tr("First day"), self.day, "elsewhere-day"),
                (tr("Last day"), self.last_day, "elsewhere-last-day"),
                (tr("Hours"), self.hours, "elsewhere-hours"),
            )
        )
        self._group = side_by_side(
            (tr("Sessions"), self.sessions, "elsewhere-sessions"), (tr("Cases"), self.cases, "elsewhere-cases")
        )
        self._led = side_by_side((tr("Your role"), self.role, "elsewhere-role"))
        form.add(self._group)
        form.add(self._led)
        form.add(self.online)
        self.column.addWidget(form)

    def show_entry(self, entry: Meeting | None) -> None:
        self.title.setText(tr("Add a meeting elsewhere") if entry is None else tr("Edit meeting"))
        self._id = entry.id if entry is not None else EntryId(new_id())
        if entry is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(entry.kind))
        self.label.setText(entry.label)
        self.day.set_day(entry.day)
        self.last_day.set_day(entry.until)
        self._last_follows = entry.last_day is None
        self.hours.set_minutes(entry.minutes)
        self.sessions.setValue(entry.sessions)
        self.cases.setValue(entry.cases)
        self.role.setCurrentIndex(self.role.findData(entry.role))
        self.online.setChecked(entry.online)

    def entry(self) -> Meeting:
        kind = MeetingKind(self.kind.currentData())
        holds, is_led = kind in _HOLDS_SESSIONS, kind is MeetingKind.LED
        role = chosen(self.role, OwnRole)
        return Meeting(
            id=self._id,
            day=self.day.day(),
            kind=kind,
            minutes=self.hours.minutes(),
            label=self.label.text(),
            last_day=self.last_day.day(),
            sessions=self.sessions.value() if holds else 0,
            cases=self.cases.value() if holds else 0,
            role=role if is_led else None,
            online=self.online.isChecked(),
        )

    def first_field(self) -> QWidget:
        return self.kind

    def _show_fitting(self) -> None:
        """Show the kind's fields: sessions and cases of a group, a role where it was led."""
        kind = MeetingKind(self.kind.currentData())
        self._group.setVisible(kind in _HOLDS_SESSIONS)
        self._led.setVisible(kind is MeetingKind.LED)

    def _on_day(self) -> None:
        """Keep the last day equal to the first until it is set: most entries are of one day."""
        if self._last_follows:
            with suppress(Trouble), QSignalBlocker(self.last_day):
                self.last_day.set_day(self.day.day())

    def _on_last_day(self) -> None:
        with suppress(Trouble):
            self._last_follows = self.last_day.day() == self.day.day()


class OtherMeetingsSection(EntrySection[Meeting]):
    """The meetings, newest first."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__(
            "elsewhere",
            deps,
            (
                ColumnSpec("day", tr("Date")),
                ColumnSpec("kind", tr("Type")),
                ColumnSpec("label", tr("Place or group")),
                ColumnSpec("hours", tr("Hours"), is_number=True),
                ColumnSpec("sessions", tr("Sessions"), is_number=True),
                ColumnSpec("cases", tr("Cases"), is_number=True),
                ColumnSpec("role", tr("Your role")),
                ColumnSpec("online", tr("Online")),
            ),
            (
                tr("Meetings elsewhere"),
                tr("No meetings yet. Groups you attended or led without this laptop also count."),
                tr("Add a meeting"),
            ),
            sort_by="day",
        )

    def read(self) -> dict[str, tuple[Meeting, TableRow]]:
        return {one.id: (one, _row(one)) for one in self.deps.service.meetings()}

    def make_form(self) -> EntryForm[Meeting]:
        return OtherMeetingForm(self.deps)

    def save_entry(self, entry: Meeting) -> None:
        self.deps.run_undoable(
            lambda: self.deps.service.save_meeting(entry), _entry_message(tr("{what}, {day}: saved."), entry)
        )

    def remove(self, entry: Meeting) -> None:
        message = _entry_message(tr("{what}, {day}: deleted."), entry)
        self.deps.run_undoable(lambda: self.deps.service.remove_meeting(entry), message)


def _entry_message(words: str, entry: Meeting) -> str:
    return words.format(what=accreditation.meeting_kind(entry.kind), day=day_words(entry.day))


def format_day_span(day: date, last_day: date | None) -> str:
    """Return a day, or the first and the last of a span."""
    return short_day(day) if last_day is None else f"{short_day(day)} – {short_day(last_day)}"


def _row(one: Meeting) -> TableRow:
    holds = one.kind in _HOLDS_SESSIONS
    sessions = Cell(str(one.sessions), one.sessions) if holds else Cell("")
    return row(
        one.id,
        (
            Cell(format_day_span(one.day, one.last_day), one.day.isoformat()),
            accreditation.meeting_kind(one.kind),
            one.label,
            Cell(durations.hours(one.minutes), one.minutes),
            sessions,
            Cell(str(one.cases), one.cases) if holds else Cell(""),
            accreditation.own_role(one.role) if one.role is not None else "",
            tr("online") if one.online else "",
        ),
    )
