"""A table of entries with its buttons, and the form that replaces it while one is edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.text import subheading, text

Entry = TypeVar("Entry")
# The draft of an entry that is not in the list yet.
_NEW = "new"


class EntryForm(QWidget, Generic[Entry]):
    """Form with a heading, a problem line, Save and Cancel. It emits `saved` with the entry."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, identifier: str) -> None:
        super().__init__()
        named(self, f"{identifier}-form")
        self.title = named(subheading(""), f"{identifier}-form-heading")
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.save_button = button(tr("Save"), f"{identifier}-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), f"{identifier}-cancel", self.cancelled.emit, escape=EscapeRole.CANCEL)
        self.column = column_in(self)
        self.column.setSpacing(14)
        self.column.addWidget(self.title)

    def finish(self) -> None:
        """Append the problem line and the buttons to `column`."""
        self.column.addWidget(self.problem)
        self.column.addWidget(flow(self.save_button, self.cancel_button))
        self.column.addStretch(1)

    def show_entry(self, entry: Entry | None) -> None:
        """Fill the form from an entry; None for a new one."""
        raise NotImplementedError

    def entry(self) -> Entry:
        """Return the entry from the form's values."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Return the field that gets the focus first."""
        raise NotImplementedError

    def save(self) -> None:
        """Validate and emit the entry."""
        with self.problem.attempt() as attempt:
            self.saved.emit(self.entry())
        if attempt.trouble is not None:
            focus_unreadable(self)


class EntrySection(Section[None], Generic[Entry]):
    """A list of entries with a form for one. Subclasses supply the specifics."""

    def __init__(
        self,
        identifier: str,
        deps: AccreditationDeps,
        columns: Sequence[ColumnSpec],
        labels: tuple[str, str, str],
        *,
        sort_by: str = "",
    ) -> None:
        """Build the section. `labels`: the table's accessible name, the empty-list text, and the add button's label."""
        super().__init__()
        self.deps = deps
        self._identifier = identifier
        self._entries: dict[str, Entry] = {}
        spoken, empty, add = labels
        named(self, identifier, spoken=spoken)
        self.none = named(text(empty, "quiet"), f"{identifier}-none")
        self.table = Table(
            f"{identifier}-table", spoken, columns, deps.memory, sort_by=sort_by, descending=bool(sort_by)
        )
        self.table.opened.connect(self.change)
        self.add_button = button(add, f"{identifier}-add", self.add, ButtonKind.PRIMARY, shortcut="Ctrl+N")
        self.change_button = button(tr("Edit"), f"{identifier}-change", self._on_change)
        self.remove_button = button(tr("Delete"), f"{identifier}-remove", self._on_remove)
        self._list = QWidget()
        self._column = layouts.column(self._list, 14)
        for widget in (self.none, self.table, flow(self.add_button, self.change_button, self.remove_button)):
            self._column.addWidget(widget)
        self.form: EntryForm[Entry] | None = None
        self._draft: FormDraft | None = None
        self._pages = Pages()
        self._pages.add(self._list)
        column = layouts.column(self)
        column.addWidget(self._pages)

    # --- implemented by subclasses ---

    def read(self) -> dict[str, tuple[Entry, TableRow]]:
        """Return the entries by key, with their rows. May raise Trouble."""
        raise NotImplementedError

    def make_form(self) -> EntryForm[Entry]:
        """Return an empty form."""
        raise NotImplementedError

    def save_entry(self, entry: Entry) -> None:
        """Save a new or changed entry. May raise Trouble."""
        raise NotImplementedError

    def remove(self, entry: Entry) -> None:
        """Delete an entry. May raise Trouble."""
        raise NotImplementedError

    # --- display ---

    def show_subject(self, thing: None) -> None:  # noqa: ARG002  the own path is about nobody else
        if self.form is None:
            self.refresh()
            self._reopen()

    def leave_view(self) -> None:
        if self._draft is not None:
            self._draft.keep()
        self._close_form()

    def _reopen(self) -> None:
        """Open the form that was left with unsaved input, on this visit or before the vault was locked."""
        if self.deps.drafts is None:
            return
        with self.deps.messages.attempt():
            for form in self.deps.drafts.rows.forms(self._draft_key("")):
                key = form.removeprefix(self._draft_key(""))
                if key == _NEW or key in self._entries:
                    self._open(self._entries.get(key), key)
                    return

    def _draft_key(self, key: str) -> str:
        return f"accreditation/{self._identifier}/{key}"

    def first_focus(self) -> QWidget:
        if self.form is not None:
            return self.form.first_field()
        return self.table if self._entries else self.add_button

    def refresh(self) -> None:
        """Refresh the list."""
        with self.deps.messages.attempt():
            found = self.read()
            self._entries = {key: entry for key, (entry, _row) in found.items()}
            self.table.show_rows([row for _entry, row in found.values()])
            some = bool(found)
            for widget in (self.table, self.change_button, self.remove_button):
                widget.setVisible(some)
            self.none.setVisible(not some)
            follow_layout(self)

    # --- actions ---

    def add(self) -> None:
        """Open the form for a new entry."""
        self._open(None, _NEW)

    def change(self, key: str) -> None:
        """Open the form for an existing entry."""
        if key in self._entries:
            self._open(self._entries[key], key)

    def _on_change(self) -> None:
        self.change(self.table.chosen_key())

    def _on_remove(self) -> None:
        entry = self._entries.get(self.table.chosen_key())
        if entry is not None:
            self.deps.messages.attempted(lambda: self.remove(entry))
            self.refresh()
            self.first_focus().setFocus()

    def _open(self, entry: Entry | None, key: str) -> None:
        self._close_form()
        form = self.form = self.make_form()
        form.saved.connect(self._on_saved)
        form.cancelled.connect(self._on_cancelled)
        self._pages.add(form)
        with self.deps.messages.attempt() as attempt:
            form.show_entry(entry)
            self._draft = FormDraft(form, self.deps.drafts)
            self._draft.begin(self._draft_key(key))
            self._pages.show_page(form)
            follow_layout(self)
            form.first_field().setFocus()
        if attempt.trouble is not None:
            self._close_form()

    def _close_form(self) -> None:
        if self.form is not None:
            self._pages.remove(self.form)
            self.form = self._draft = None
            self._pages.show_page(self._list)

    def _on_saved(self, entry: Entry) -> None:
        if self.form is None:
            return
        with self.form.problem.attempt():
            self.save_entry(entry)
            self._on_cancelled()

    def _on_cancelled(self) -> None:
        if self._draft is not None:
            with self.deps.messages.attempt():
                self._draft.discard()
        self._close_form()
        self.refresh()
        self.first_focus().setFocus()
