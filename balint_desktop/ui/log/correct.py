"""Correct a record on its page, or erase a text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.session.corrections import WHO_LIMIT, WHY_LIMIT, Attribution, Field
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.log import field_words
from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import subheading, text


@dataclass(frozen=True, slots=True)
class ChangeDeps:
    """Dependencies of a form that changes a record."""

    log: LogService
    messages: Messages
    undoing: UndoStack


class AttributionFields(Form):
    """Fields for who makes the change (remembered from the last time) and why."""

    def __init__(self, identifier: str) -> None:
        super().__init__(10)
        self.who, self.why = QLineEdit(), QLineEdit()
        self.who.setMaxLength(WHO_LIMIT)
        self.why.setMaxLength(WHY_LIMIT)
        self.row(tr("Who changes it"), self.who, f"{identifier}-who", tr("A label of your own, such as initials."))
        self.row(tr("Why"), self.why, f"{identifier}-why", tr("A few words, kept with the record. No names, no case."))

    def open(self, who: str) -> None:
        """Reset the fields."""
        self.who.setText(who)
        self.why.clear()

    def read_attribution(self) -> Attribution:
        """Return the input. Raise Trouble CORRECTION_UNSAID."""
        return Attribution(self.who.text(), self.why.text())


class CorrectForm(QWidget):
    """Fields of one record, with who and why. Input stays until saved or cancelled."""

    done = Signal()

    def __init__(self, changing: ChangeDeps) -> None:
        super().__init__()
        named(self, "log-correcting")
        self._changing = changing
        self._seen: SessionRecord | None = None
        self.fields = RecordFields("log-right")
        self.attribution = AttributionFields("log-right")
        self.save_button = button(tr("Save what was put right"), "log-right-save", self._on_save, ButtonKind.PRIMARY)
        self.leave_button = button(tr("Leave it as it was"), "log-right-leave", self.done.emit, ButtonKind.QUIET)
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Put something right")), "log-right-heading"))
        column.addWidget(
            text(tr("What stood before stays readable below the record, with who changed it and why."), "quiet")
        )
        column.addWidget(narrow(self.fields))
        column.addWidget(narrow(self.attribution))
        column.addWidget(flow(self.save_button, self.leave_button))

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus first."""
        return self.fields.number

    def open(self, record: SessionRecord) -> None:
        """Fill the form from the record."""
        self._seen = record
        self.fields.show_values(record.current_values, attendable_codes(self._changing.log, record))
        self.attribution.open(self._changing.log.correction_author)
        follow_layout(self)

    def _on_save(self) -> None:
        seen, log = self._seen, self._changing.log
        if seen is None:
            return
        with self._changing.messages.attempt() as attempt:
            made = log.correct(seen, self.fields.values(), self.attribution.read_attribution())
            if made:
                session = seen.id
                self._changing.undoing.push(
                    tr("The record was put right."), lambda: log.undo_corrections(session, made)
                )
            self.done.emit()
        if attempt.trouble is not None:
            focus_unreadable(self.fields)
            if attempt.trouble.code is TroubleCode.RECORD_CHANGED:
                self._show_both(seen)

    def _show_both(self, seen: SessionRecord) -> None:
        """Show the current values beside the input; saving again then overwrites them deliberately."""
        with self._changing.messages.attempt():
            now = self._changing.log.record(seen.id)
            before = seen.current_values
            self.fields.show_now(
                {
                    field: field_words.value(field, value)
                    for field, value in now.current_values.items()
                    if value != before[field]
                }
            )
            self._seen = now


class EraseForm(QWidget):
    """Confirmation before a text is erased."""

    done = Signal()

    def __init__(self, changing: ChangeDeps) -> None:
        super().__init__()
        named(self, "log-erasing")
        self._changing = changing
        self._seen: SessionRecord | None = None
        self.attribution = AttributionFields("log-erase")
        self.erase_button = button(tr("Erase it for good"), "log-erase-now", self._on_erase, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Keep it"), "log-erase-keep", self.done.emit, ButtonKind.QUIET)
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Erase the process note?")), "log-erase-heading"))
        column.addWidget(named(text(_erase_words()), "log-erase-words"))
        column.addWidget(narrow(self.attribution))
        column.addWidget(flow(self.cancel_button, self.erase_button))

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus first: never the one that erases."""
        return self.attribution.why

    def open(self, record: SessionRecord) -> None:
        """Ask about this record."""
        self._seen = record
        self.attribution.open(self._changing.log.correction_author)

    def _on_erase(self) -> None:
        if self._seen is None:
            return
        with self._changing.messages.attempt():
            self._changing.log.erase(self._seen, Field.PROCESS_NOTE, self.attribution.read_attribution())
            # The undo that could restore the text is discarded with it.
            self._changing.undoing.clear()
            self._changing.messages.inform(tr("The process note is erased."))
            self.done.emit()


def attendable_codes(log: LogService, record: SessionRecord) -> list[ParticipantCode]:
    """Return the codes that may have been present: the group's members and those in the record."""
    members = next((group.participants for group in log.groups() if group.id == record.setting.group), ())
    codes = {member.code for member in members} | set(record.present) | {code for _case, code in record.presenters}
    return sorted(codes, key=lambda code: int(code[1:]))


def _erase_words() -> str:
    return tr(
        "The note and every earlier wording of it will be gone from this log, its search and its file; nothing brings "
        "them back. A hash, who, when and why stay. Backups made before still hold the note."
    )
