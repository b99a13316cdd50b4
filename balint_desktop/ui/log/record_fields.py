"""Form fields of a session record, for correcting and for entering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.debrief import NOTE_LIMIT
from balint_desktop.domain.values import ParticipantCode, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import chip
from balint_desktop.ui.widgets.dates import DateField, TimeField
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, text

_MAX_MINUTES = 12 * 60
_CASES = 2


class RecordFields(QWidget):
    """Fields for every correctable value of a record. `values` returns those that were changed."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self._identifier = identifier
        self._shown: dict[Field, Any] = {}
        self.number = NumberField(1, 999)
        self.kind = ChoiceField()
        self.kind.addItem(tr("Case session"), SessionKind.CASE)
        self.kind.addItem(tr("Evaluation session"), SessionKind.EVALUATION)
        self.day = DateField()
        self.at = TimeField(optional=False)
        self.minutes = NumberField(0, _MAX_MINUTES)
        self.minutes.setSpecialValueText(tr("not ended"))
        self.minutes.setSuffix(tr(" min"))
        self.place = ChoiceField()
        self.place.addItem(tr("Face to face"), userData=False)
        self.place.addItem(tr("Online"), userData=True)
        self.present: dict[ParticipantCode, QPushButton] = {}
        self.presenters = [ChoiceField() for _ in range(_CASES)]
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 5)
        self._now: dict[Field, QLabel] = {}
        self._column = layouts.column(self, 12)
        self._people = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        form = Form(10)
        name = self._identifier
        self._row(form, Field.NUMBER, tr("Number in the group"), self.number)
        self._row(form, Field.KIND, tr("Type"), self.kind)
        form.row(tr("Date"), self.day, f"{name}-day")
        self._row(form, Field.BEGAN, tr("Started at"), self.at)
        self._row(form, Field.LASTED, tr("Length in minutes"), self.minutes)
        self._row(form, Field.ONLINE, tr("Setting"), self.place)
        form.add(self._now_label(Field.PRESENT))
        self._column.addWidget(form)
        self._column.addLayout(self._people)
        presenters = Form(10)
        for case, choice in enumerate(self.presenters, start=1):
            presenters.row(tr("Presented case {n}").format(n=case), choice, f"{name}-case-{case}")
        presenters.add(self._now_label(Field.PRESENTERS))
        self._row(
            presenters,
            Field.PROCESS_NOTE,
            tr("Note on process (two lines)"),
            self.note,
            tr("Up to {n} characters. No names, nothing about the case. A roster name stops the export.").format(
                n=NOTE_LIMIT
            ),
        )
        self._column.addWidget(presenters)

    def _row(self, form: Form, field: Field, label: str, widget: QWidget, help_text: str = "") -> None:
        form.row(label, widget, f"{self._identifier}-{field.value}", help_text)
        form.add(self._now_label(field))

    def _now_label(self, field: Field) -> QLabel:
        label = named(small(""), f"{self._identifier}-{field.value}-now")
        label.hide()
        self._now[field] = label
        return label

    # --- values shown ---

    def show_values(self, seen: Mapping[Field, Any], codes: Sequence[ParticipantCode]) -> None:
        """Show the record's values; `codes` are the members who may have been present."""
        self._offer(codes, seen)
        self.number.setValue(seen[Field.NUMBER])
        self.kind.setCurrentIndex(self.kind.findData(seen[Field.KIND]))
        began = datetime.fromtimestamp(seen[Field.BEGAN] or 0, UTC).astimezone()
        self.day.set_day(began.date())
        self.at.set_time(f"{began:%H:%M}")
        self.minutes.setValue(round((seen[Field.LASTED] or 0) / 60))
        self.place.setCurrentIndex(1 if seen[Field.ONLINE] else 0)
        self.note.setPlainText(seen[Field.PROCESS_NOTE])
        self.show_now({})
        self._shown = self._read()

    def show_now(self, now: Mapping[Field, str]) -> None:
        """Show the record's current values beside the fields, after a concurrent change."""
        for field, label in self._now.items():
            label.setText(tr("Now: {value}").format(value=now[field]) if field in now else "")
            label.setVisible(field in now)

    def _offer(self, codes: Sequence[ParticipantCode], seen: Mapping[Field, Any]) -> None:
        layouts.clear(self._people)
        self.present = {code: chip(code, f"{self._identifier}-present-{code}") for code in codes}
        for code, made in self.present.items():
            made.setChecked(code in seen[Field.PRESENT])
            made.setAccessibleDescription(tr("{code} was present").format(code=code))
        if codes:
            self._people.addWidget(named(text(tr("Present"), "quiet"), f"{self._identifier}-people"))
            self._people.addWidget(flow(*self.present.values()))
        for case, field in enumerate(self.presenters, start=1):
            field.clear()
            field.addItem(tr("no one"), None)
            for code in codes:
                field.addItem(code, code)
            field.setCurrentIndex(max(0, field.findData(seen[Field.PRESENTERS].get(case))))

    # --- input ---

    def began_wall(self) -> float:
        """Return the start entered. Raise Trouble: no such day or time, or none."""
        at = time.fromisoformat(self.at.time_of_day())
        return datetime.combine(self.day.day(), at).astimezone().timestamp()

    def values(self) -> dict[Field, Any]:
        """Return the changed fields. Raise Trouble as `began_wall` does."""
        typed = self._read()
        if typed[Field.BEGAN] != self._shown[Field.BEGAN]:
            typed[Field.BEGAN] = self.began_wall()
            return {field: value for field, value in typed.items() if value != self._shown.get(field)}
        return {field: value for field, value in typed.items() if value != self._shown[field]}

    def all_values(self) -> dict[Field, Any]:
        """Return every field. Raise Trouble as `began_wall` does."""
        return {**self._read(), Field.BEGAN: self.began_wall()}

    def note_if_changed(self) -> str:
        """Return the note if it was changed, else nothing."""
        note = self.note.toPlainText().strip()
        return note if note != self._shown.get(Field.PROCESS_NOTE) else ""

    def _read(self) -> dict[Field, Any]:
        chosen = ((case, field.currentData()) for case, field in enumerate(self.presenters, start=1))
        return {
            Field.NUMBER: self.number.value(),
            # Qt returns our enum members as plain strings.
            Field.KIND: SessionKind(self.kind.currentData()),
            # An invalid date is reported on saving; here only whether anything was typed counts.
            Field.BEGAN: (self.day.text(), self.at.text()),
            Field.LASTED: 60.0 * self.minutes.value() if self.minutes.value() else None,
            Field.ONLINE: self.place.currentData(),
            Field.PRESENT: tuple(code for code, made in self.present.items() if made.isChecked()),
            Field.PRESENTERS: {case: code for case, code in chosen if code is not None},
            Field.PROCESS_NOTE: self.note.toPlainText().strip(),
        }
