"""Supervision meetings: list and form."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.accreditation.values import PATH_NOTE_LIMIT, EntryId, Supervision, SupervisionForm
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import accreditation
from balint_desktop.text.capital import with_capital
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.entries import EntryForm, EntrySection
from balint_desktop.ui.accreditation.session_picker import SessionPicker
from balint_desktop.ui.widgets.dates import DateField, day_words, short_day
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.table import ColumnSpec, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import small

_USUAL_MINUTES = 50
_MAX_MINUTES = 600


class SupervisionEntryForm(EntryForm[Supervision]):
    """Form for a supervision meeting: date, length, supervisor, mode, sessions discussed, a note without a case."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__("supervision")
        self._deps = deps
        self._id = EntryId("")
        self.day = DateField(deps.service.today())
        self.minutes = NumberField(5, _MAX_MINUTES, _USUAL_MINUTES)
        self.minutes.setSuffix(tr(" min"))
        self.supervisor = QLineEdit()
        self.form = ChoiceField()
        for one in SupervisionForm:
            self.form.addItem(with_capital(accreditation.form(one)), one)
        self.recordings = named(QCheckBox(tr("Recordings were used")), "supervision-recordings")
        self.sessions = SessionPicker()
        self.note = NoteField("supervision-note", PATH_NOTE_LIMIT)
        self._build()
        self.finish()

    def _build(self) -> None:
        form = Form()
        form.add(
            side_by_side(
                (tr("Date"), self.day, "supervision-day"),
                (tr("Length"), self.minutes, "supervision-minutes"),
                (tr("Form"), self.form, "supervision-how"),
            )
        )
        form.row(tr("Supervisor"), self.supervisor, "supervision-supervisor", tr("Initials are enough."))
        form.row(tr("Sessions discussed"), self.sessions, "supervision-sessions", tr("Press Space to tick."))
        form.add(self.recordings)
        form.add(
            named(
                small(
                    tr(
                        "You may play a recording in supervision only if everyone recorded has agreed to that; it is a "
                        "separate consent."
                    )
                ),
                "supervision-consent",
            )
        )
        form.row(
            tr("Note"),
            self.note,
            "supervision-note",
            tr("What you take from it for your own leading. No names, nothing about the case."),
        )
        form.add(self.note.left_words)
        self.column.addWidget(form)

    def show_entry(self, entry: Supervision | None) -> None:
        service = self._deps.service
        self.title.setText(tr("Add a supervision session") if entry is None else tr("Edit supervision session"))
        latest = next(iter(service.supervisions()), None)
        shown = entry or latest
        self._id = entry.id if entry is not None else EntryId(new_id())
        if shown is not None:
            # Preset from the last entry: usually supervisor, length and mode are the same.
            self.minutes.setValue(shown.minutes)
            self.supervisor.setText(shown.supervisor)
            self.form.setCurrentIndex(self.form.findData(shown.form))
        if entry is not None:
            self.day.set_day(entry.day)
            self.recordings.setChecked(entry.recordings_used)
            self.note.setPlainText(entry.note)
        ticked = entry.sessions if entry is not None else ()
        self.sessions.show_sessions(service.sessions(), ticked, service.playable)

    def entry(self) -> Supervision:
        return Supervision(
            id=self._id,
            day=self.day.day(),
            minutes=self.minutes.value(),
            supervisor=self.supervisor.text(),
            form=SupervisionForm(self.form.currentData()),
            recordings_used=self.recordings.isChecked(),
            sessions=self.sessions.ticked(),
            note=self.note.words(),
        )

    def first_field(self) -> QWidget:
        return self.day


class SupervisionSection(EntrySection[Supervision]):
    """Supervision meetings, newest first."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__(
            "supervision",
            deps,
            (
                ColumnSpec("day", tr("Date")),
                ColumnSpec("supervisor", tr("Supervisor")),
                ColumnSpec("length", tr("Length"), is_number=True),
                ColumnSpec("how", tr("Form")),
                ColumnSpec("sessions", tr("Sessions"), is_number=True),
                ColumnSpec("recordings", tr("Recordings")),
                ColumnSpec("note", tr("Note")),
            ),
            (
                tr("Supervision sessions"),
                tr("No supervision yet. Add the date, the length and the sessions you discussed."),
                tr("Add a supervision session"),
            ),
            sort_by="day",
        )

    def read(self) -> dict[str, tuple[Supervision, TableRow]]:
        return {one.id: (one, _row(one)) for one in self.deps.service.supervisions()}

    def make_form(self) -> EntryForm[Supervision]:
        return SupervisionEntryForm(self.deps)

    def save_entry(self, entry: Supervision) -> None:
        message = tr("Supervision on {day} was saved.").format(day=day_words(entry.day))
        self.deps.run_undoable(lambda: self.deps.service.save_supervision(entry), message)

    def remove(self, entry: Supervision) -> None:
        message = tr("Supervision on {day} was deleted.").format(day=day_words(entry.day))
        self.deps.run_undoable(lambda: self.deps.service.remove_supervision(entry), message)


def _row(one: Supervision) -> TableRow:
    sessions = len(one.sessions)
    return row(
        one.id,
        (
            Cell(short_day(one.day), one.day.isoformat()),
            one.supervisor,
            Cell(tr_n("{n} min", "{n} min", one.minutes).format(n=one.minutes), one.minutes),
            accreditation.form(one.form),
            Cell(str(sessions), sessions),
            tr("used") if one.recordings_used else "",
            " ".join(one.note.split()),
        ),
    )
