"""All readers over all groups: add and remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.text.reader_key import words_line
from balint_desktop.ui.group.readers import wording
from balint_desktop.ui.group.readers.reader_fields import AddFields, RemoveReaderFields
from balint_desktop.ui.group.readers.wording import KnownReader
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, quiet, small, text
from balint_desktop.vault.reseal import ResealResult


class ReaderOperations(Protocol):
    """Storage of groups and readers. All raise Trouble; changes return the result of resealing earlier recordings."""

    def groups(self) -> Sequence[Group]:
        """Return every group."""
        ...

    def count(self, groups: Sequence[GroupId]) -> int:
        """Return the number of recordings per group."""
        ...

    def add(self, groups: Sequence[GroupId], reader: Reader, *, earlier: bool) -> ResealResult:
        """Add a reader for future recordings and, on request, earlier ones."""
        ...

    def remove_reader(self, groups: Sequence[GroupId], recipient: str, *, earlier: bool) -> ResealResult:
        """Remove a reader from future recordings."""
        ...


_DRAFT = "readers/new"


class ReadersPage(QWidget):
    """The list of readers, a form to add one, and a card to remove one."""

    back = Signal()

    def __init__(self, operations: ReaderOperations, messages: Messages, drafts: Drafts | None = None) -> None:
        super().__init__()
        named(self, "readers-page")
        self._operations = operations
        self._messages = messages
        self.back_button = button(
            tr("Back to the groups"), "readers-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.adding = AddFields(operations.count, self._add)
        self._draft = FormDraft(self.adding, drafts)
        self.removing = RemoveReaderFields(operations.count, self._remove_reader, self._leave)
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(flow(self.back_button))
        column.addWidget(named(heading(tr("Who can open the recordings")), "readers-page-heading"))
        column.addWidget(
            quiet(
                tr(
                    "A reader opens recordings on another computer, with their own key. Only the public key is needed "
                    "here."
                )
            )
        )
        column.addLayout(self._rows)
        column.addWidget(self.removing)
        column.addWidget(self.adding)
        column.addStretch(1)

    def show_readers(self) -> None:
        """Show the current readers. Raise Trouble."""
        groups = self._operations.groups()
        layouts.clear(self._rows)
        known = wording.known_readers(groups)
        for number, one in enumerate(known, start=1):
            self._rows.addWidget(self._row(number, one))
        if not known:
            self._rows.addWidget(named(text(tr("No readers besides this vault.")), "readers-none"))
        self.removing.hide()
        self._draft.refill(_DRAFT, lambda: self._fill(groups))
        self.adding.setVisible(bool(groups))
        follow_layout(self)

    def _fill(self, groups: Sequence[Group]) -> None:
        self.adding.clear()
        self.adding.choice.show_groups(groups)

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self._draft.keep()

    def _row(self, number: int, known: KnownReader) -> QWidget:
        key = wording.short_key(known.reader.recipient)
        label = f"{known.reader.label} ({key}): {wording.group_names(known.groups)}"
        off = button(
            tr("Remove…"),
            f"known-reader-{number}-off",
            lambda: self._ask_about(known),
            ButtonKind.QUIET,
            description=known.reader.label,
        )
        row = QWidget()
        line = layouts.row(row)
        who = QWidget()
        lines = layouts.column(who, 2)
        lines.addWidget(named(text(label), f"known-reader-{number}"))
        lines.addWidget(named(small(words_line(known.reader.recipient)), f"known-reader-{number}-words"))
        line.addWidget(who, 1)
        line.addWidget(off)
        return row

    def _ask_about(self, known: KnownReader) -> None:
        self.removing.show_reader(known)
        self.removing.show()
        self.removing.first_focus().setFocus()

    def _leave(self) -> None:
        self.removing.hide()
        self.back_button.setFocus()

    def _add(self, reader: Reader) -> None:
        choice = self.adding.choice
        with self._messages.attempt():
            resealed = self._operations.add(choice.groups(), reader, earlier=choice.earlier.isChecked())
            self._draft.discard()
            self.show_readers()
            self._report(tr("New recordings will also be sealed to {label}.").format(label=reader.label), resealed)

    def _remove_reader(self, recipient: str) -> None:
        choice = self.removing.choice
        with self._messages.attempt():
            resealed = self._operations.remove_reader(choice.groups(), recipient, earlier=choice.earlier.isChecked())
            self.show_readers()
            self.back_button.setFocus()
            self._report(tr("Reader removed. New recordings will not be sealed to it."), resealed)

    def _report(self, words: str, result: ResealResult) -> None:
        self._messages.inform(" ".join(part for part in (words, wording.resealed(result)) if part))
