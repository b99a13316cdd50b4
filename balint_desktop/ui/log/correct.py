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
class Changing:
    """What changing a record needs from outside."""

    book: LogService
    messages: Messages
    undoing: UndoStack


class SaidFields(Form):
    """Who makes the change, kept from the last time, and why."""

    def __init__(self, identifier: str) -> None:
        super().__init__(10)
        self.who, self.why = QLineEdit(), QLineEdit()
        self.who.setMaxLength(WHO_LIMIT)
        self.why.setMaxLength(WHY_LIMIT)
        self.row(tr("Who changes it"), self.who, f"{identifier}-who", tr("A label of your own, such as initials."))
        self.row(tr("Why"), self.why, f"{identifier}-why", tr("A few words, kept with the record. No names, no case."))

    def open(self, who: str) -> None:
        """Begin anew."""
        self.who.setText(who)
        self.why.clear()

    def said(self) -> Attribution:
        """Return what was typed. Raise Trouble CORRECTION_UNSAID."""
        return Attribution(self.who.text(), self.why.text())


class CorrectForm(QWidget):
    """The fields of one record, who and why. What was typed stays until it is saved or left."""

    done = Signal()

    def __init__(self, changing: Changing) -> None:
        super().__init__()
        named(self, "log-correcting")
        self._changing = changing
        self._seen: SessionRecord | None = None
        self.fields = RecordFields("log-right")
        self.said = SaidFields("log-right")
        self.save_button = button(tr("Save what was put right"), "log-right-save", self._on_save, ButtonKind.PRIMARY)
        self.leave_button = button(tr("Leave it as it was"), "log-right-leave", self.done.emit, ButtonKind.QUIET)
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Put something right")), "log-right-heading"))
        column.addWidget(
            text(tr("What stood before stays readable below the record, with who changed it and why."), "quiet")
        )
        column.addWidget(narrow(self.fields))
        column.addWidget(narrow(self.said))
        column.addWidget(flow(self.save_button, self.leave_button))

    def first_focus(self) -> QWidget:
        """Return the widget that the keys go to first."""
        return self.fields.number

    def open(self, record: SessionRecord) -> None:
        """Begin with what the record says."""
        self._seen = record
        self.fields.show_values(record.seen, codes_of(self._changing.book, record))
        self.said.open(self._changing.book.who)
        follow_layout(self)

    def _on_save(self) -> None:
        seen, book = self._seen, self._changing.book
        if seen is None:
            return
        with self._changing.messages.attempt() as attempt:
            made = book.correct(seen, self.fields.values(), self.said.said())
            if made:
                session = seen.id
                self._changing.undoing.did(tr("The record was put right."), lambda: book.take_back(session, made))
            self.done.emit()
        if attempt.trouble is not None:
            focus_unreadable(self.fields)
            if attempt.trouble.code is TroubleCode.RECORD_CHANGED:
                self._show_both(seen)

    def _show_both(self, seen: SessionRecord) -> None:
        """Show beside what was typed what stands there now; saving once more is then over that, on purpose."""
        with self._changing.messages.attempt():
            now = self._changing.book.record(seen.id)
            before = seen.seen
            self.fields.show_now(
                {field: field_words.value(field, value) for field, value in now.seen.items() if value != before[field]}
            )
            self._seen = now


class EraseForm(QWidget):
    """The one question before a text is gone."""

    done = Signal()

    def __init__(self, changing: Changing) -> None:
        super().__init__()
        named(self, "log-erasing")
        self._changing = changing
        self._seen: SessionRecord | None = None
        self.said = SaidFields("log-erase")
        self.erase_button = button(tr("Erase it for good"), "log-erase-now", self._on_erase, ButtonKind.PRIMARY)
        self.keep_button = button(tr("Keep it"), "log-erase-keep", self.done.emit, ButtonKind.QUIET)
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Erase the process note?")), "log-erase-heading"))
        column.addWidget(named(text(_gone()), "log-erase-words"))
        column.addWidget(narrow(self.said))
        column.addWidget(flow(self.keep_button, self.erase_button))

    def first_focus(self) -> QWidget:
        """Return the widget that the keys go to first: never the one that erases."""
        return self.said.why

    def open(self, record: SessionRecord) -> None:
        """Ask about this record."""
        self._seen = record
        self.said.open(self._changing.book.who)

    def _on_erase(self) -> None:
        if self._seen is None:
            return
        with self._changing.messages.attempt():
            self._changing.book.erase(self._seen, Field.PROCESS_NOTE, self.said.said())
            # What would bring the text back is forgotten with it.
            self._changing.undoing.clear()
            self._changing.messages.say(tr("The process note is erased."))
            self.done.emit()


def codes_of(book: LogService, record: SessionRecord) -> list[ParticipantCode]:
    """Return the codes that may have been in the room: the group's, and those the record names."""
    members = next((group.participants for group in book.groups() if group.id == record.setting.group), ())
    told = {member.code for member in members} | set(record.present) | {code for _case, code in record.presenters}
    return sorted(told, key=lambda code: int(code[1:]))


def _gone() -> str:
    return tr(
        "The note and every earlier wording of it will be gone from this log, its search and its file; nothing brings "
        "them back. A hash, who, when and why stay. Backups made before still hold the note."
    )
