"""Readers in the group form: this vault or not, and others by public key."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.group.group import Reader
from balint_desktop.i18n import tr
from balint_desktop.text.reader_key import words_line
from balint_desktop.ui.group.readers import excluded
from balint_desktop.ui.group.readers.reader_fields import KeyWords, typed_reader
from balint_desktop.ui.group.readers.wording import short_key
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small, text


class Readers(QWidget):
    """A tick for this vault, the list of readers, and two fields to add one."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "readers", spoken=tr("Who can open the recordings"))
        self._readers: list[Reader] = []
        self.this_vault = named(QCheckBox(tr("This vault, with your passphrase")), "reader-this-vault")
        self.warning = named(small(""), "readers-warning")
        self.label_field = QLineEdit()
        self.key_field = QLineEdit()
        self.problem = ProblemLabel("reader-problem")
        self._list = QWidget()
        self._rows = layouts.column(self._list)
        column = layouts.column(self, 8)
        column.addWidget(self.this_vault)
        column.addWidget(self._list)
        column.addWidget(self.warning)
        form = Form(8)
        form.row(tr("Another reader"), self.label_field, "reader-label", tr("A role or a study, such as “Study team”."))
        form.row(tr("Public key"), self.key_field, "reader-key", tr("It begins with age1. It is not a secret."))
        column.addWidget(form)
        column.addWidget(KeyWords(self.key_field, "reader-words"))
        column.addWidget(flow(button(tr("Add reader"), "reader-add", self.add_typed)))
        column.addWidget(self.problem)
        self.this_vault.toggled.connect(self._show_access)
        self.key_field.returnPressed.connect(self.add_typed)

    def show_readers(self, readers: tuple[Reader, ...], *, this_vault: bool) -> None:
        """Show the current readers."""
        self._readers = list(readers)
        self.this_vault.setChecked(this_vault)
        self.label_field.clear()
        self.key_field.clear()
        self.problem.announce("")
        self._show_list()

    def readers(self) -> tuple[Reader, ...]:
        """Return the readers other than this vault."""
        return tuple(self._readers)

    def has_no_reader(self) -> bool:
        """Return whether no reader could open a recording."""
        return not (self.this_vault.isChecked() or self._readers)

    def half_typed(self) -> bool:
        """Return whether a reader was typed but not added."""
        return bool(self.label_field.text().strip() or self.key_field.text().strip())

    def add_typed(self) -> bool:
        """Add the typed reader; return whether it was valid."""
        typed = typed_reader(self.label_field, self.key_field, self.problem)
        if typed is None:
            return False
        if any(reader.recipient == typed.recipient for reader in self._readers):
            self.problem.announce(tr("This key is already in the list."))
            return False
        self._readers.append(typed)
        self.label_field.clear()
        self.key_field.clear()
        self._show_list()
        return True

    def _remove(self, reader: Reader) -> None:
        self._readers.remove(reader)
        self._show_list()
        self.label_field.setFocus()

    def _show_list(self) -> None:
        layouts.clear(self._rows)
        for number, reader in enumerate(self._readers, start=1):
            words = named(text(f"{reader.label}: {short_key(reader.recipient)}"), f"reader-{number}")
            words.setWordWrap(False)
            remove = button(
                tr("Remove"),
                f"reader-{number}-remove",
                partial(self._remove, reader),
                ButtonKind.QUIET,
                description=reader.label,
            )
            self._rows.addWidget(flow(words, remove))
            self._rows.addWidget(named(small(words_line(reader.recipient)), f"reader-{number}-words"))
        follow_layout(self)
        self._show_access()

    def _show_access(self) -> None:
        self.warning.setText(excluded.choosing(self._readers, this_vault=self.this_vault.isChecked()))
        self.warning.setVisible(bool(self.warning.text()))
