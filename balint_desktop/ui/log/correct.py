"""Correct a record on its page, or erase a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.session.corrections import WHO_LIMIT, WHY_LIMIT, Attribution, Field
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionId
from balint_desktop.i18n import tr
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.log import field_words
from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.named_note import NameCheck, NamedNote
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
    drafts: Drafts | None = None
    names_in: Callable[[GroupId | None, str], tuple[str, ...]] = lambda _group, _text: ()
    """Return the words of a note that name a member of a group; none while the names are locked."""


class AttributionFields(Form):
    """Fields for who makes the change (remembered from the last time) and why."""

    def __init__(self, identifier: str) -> None:
        super().__init__(10)
        self.who, self.why = QLineEdit(), QLineEdit()
        self.who.setMaxLength(WHO_LIMIT)
        self.why.setMaxLength(WHY_LIMIT)
        self.row(tr("Changed by"), self.who, f"{identifier}-who", tr("A label such as your initials."))
        self.row(tr("Why"), self.why, f"{identifier}-why", tr("A few words, stored with the record. No names."))

        self.named = LiveLabel(f"{identifier}-named")
        self.add(self.named)
        self.name_check = NameCheck(self.named.announce)

    def open(self, who: str) -> None:
        """Reset the fields."""
        self.named.announce("")
        self.who.setText(who)
        self.why.clear()

    def read_attribution(self) -> Attribution:
        """Return the input. Raise Trouble CORRECTION_UNSAID."""
        return Attribution(self.who.text(), self.why.text())


class _ChangeForm(QWidget):
    """A change of one record, with who and why. Input stays until it is done or cancelled."""

    done = Signal()

    def __init__(self, changing: ChangeDeps, identifier: str, prefix: str) -> None:
        super().__init__()
        named(self, identifier)
        self._changing = changing
        self._seen: SessionRecord | None = None
        self.attribution = AttributionFields(prefix)
        self._draft = FormDraft(self, changing.drafts)

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self._draft.keep()

    def _begin(self, record: SessionRecord, draft: str) -> None:
        """Begin a change of this record, with what was typed before into the draft of that name."""
        self._seen = record
        self.attribution.open(self._changing.log.correction_author)
        with self._changing.messages.attempt():
            self._draft.begin(draft)

    def may_attribute(self, record: SessionRecord) -> bool:
        """Return whether to save who changes this record and why; asked about once where that names somebody."""
        check, attribution = self.attribution.name_check, self.attribution
        check.names_in = partial(self._changing.names_in, record.setting.group)
        return check.may_save(attribution.who.text(), attribution.why.text())

    def _on_cancel(self) -> None:
        with self._changing.messages.attempt():
            self._draft.discard()
        self.done.emit()


class CorrectForm(_ChangeForm):
    """Fields of one record, with who and why."""

    def __init__(self, changing: ChangeDeps) -> None:
        super().__init__(changing, "log-correcting", "log-right")
        self.fields = RecordFields("log-right")
        self.save_button = button(tr("Save correction"), "log-right-save", self._on_save, ButtonKind.PRIMARY)
        self.leave_button = button(
            tr("Cancel"), "log-right-leave", self._on_cancel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self.named_note = NamedNote("log-right-names")
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(tr("Correct this record")), "log-right-heading"))
        column.addWidget(
            text(tr("Earlier values stay readable below the record, with who changed them and why."), "quiet")
        )
        column.addWidget(narrow(self.fields))
        column.addWidget(narrow(self.attribution))
        column.addWidget(self.named_note)
        column.addWidget(flow(self.save_button, self.leave_button))

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus first."""
        return self.fields.number

    def open(self, record: SessionRecord) -> None:
        """Fill the form from the record."""
        self.fields.show_values(record.current_values, attendable_codes(self._changing.log, record))
        self.named_note.reset()
        self._begin(record, draft_key(record.id))
        follow_layout(self)

    def _on_save(self) -> None:
        seen, log = self._seen, self._changing.log
        if seen is None:
            return
        if not self.may_attribute(seen):
            return
        note = self.fields.note_if_changed()
        if not self.named_note.may_save(self._changing.names_in(seen.setting.group, note)):
            self.fields.note.setFocus()
            return
        with self._changing.messages.attempt() as attempt:
            made = log.correct(seen, self.fields.values(), self.attribution.read_attribution())
            if made:
                session = seen.id
                self._changing.undoing.push(
                    tr("The record was corrected."), lambda: log.undo_corrections(session, made)
                )
            self._draft.discard()
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


class EraseForm(_ChangeForm):
    """Confirmation before a text is erased."""

    def __init__(self, changing: ChangeDeps) -> None:
        super().__init__(changing, "log-erasing", "log-erase")
        self.erase_button = button(tr("Erase permanently"), "log-erase-now", self._on_erase, ButtonKind.PRIMARY)
        self.cancel_button = button(
            tr("Cancel"), "log-erase-cancel", self._on_cancel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
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
        self._begin(record, f"log/erase/{record.id}")

    def _on_erase(self) -> None:
        if self._seen is None or not self.may_attribute(self._seen):
            return
        with self._changing.messages.attempt():
            self._changing.log.erase(self._seen, Field.PROCESS_NOTE, self.attribution.read_attribution())
            if self._changing.drafts is not None:
                self._changing.drafts.rows.delete(draft_key(self._seen.id))
            self._draft.discard()
            # The undo that could restore the text is discarded with it.
            self._changing.undoing.clear()
            self._changing.messages.inform(tr("The process note was erased."))
            self.done.emit()


def draft_key(session: SessionId) -> str:
    """Return the name of the draft of a session's correction."""
    return f"log/correct/{session}"


def attendable_codes(log: LogService, record: SessionRecord) -> list[ParticipantCode]:
    """Return the codes that may have been present: the group's members and those in the record."""
    members = next((group.participants for group in log.groups() if group.id == record.setting.group), ())
    codes = {member.code for member in members} | set(record.present) | {code for _case, code in record.presenters}
    return sorted(codes, key=lambda code: int(code[1:]))


def _erase_words() -> str:
    return tr(
        "This erases the note and all its earlier versions. It cannot be undone. A fingerprint stays, with who "
        "erased it, when and why. Earlier backups still contain the note."
    )
