"""A list of user-editable text files with an inline editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.library.files import FileLine
from balint_desktop.ui.settings.format_editor import FormatEditor
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, subheading, text


class FileStore(Protocol):
    """Text files of one kind: those shipped with the app, and the user's own."""

    @property
    def folder(self) -> Path:
        """The folder of the user's own files."""
        ...

    def lines(self) -> Sequence[FileLine]:
        """Return all files."""
        ...

    def text(self, key: str) -> str:
        """Return a file's text."""
        ...

    def copy(self, key: str) -> str:
        """Copy a file into the user's folder, and return the copy's key. Raise Trouble."""
        ...

    def check(self, key: str, text: str) -> str:
        """Return the first error of a text, with its line; empty if valid."""
        ...

    def save(self, key: str, text: str) -> None:
        """Save a text as the user's own file. Raise Trouble if it is invalid."""
        ...


@dataclass(frozen=True, slots=True)
class FilesWords:
    """Wording for a kind of file: `of` in identifiers, the rest on the screen."""

    kind: str
    heading: str
    about: str
    text_label: str


class FilesSection(QWidget):
    """The list of files, and an editor that opens below the one being changed."""

    def __init__(
        self,
        store: FileStore,
        open_folder: Callable[[], None],
        messages: Messages,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__()
        words = self._words = self.describe()
        self._store = store
        self._messages = messages
        self._drafts = drafts
        self.editor: FormatEditor | None = None
        self._draft: FormDraft | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(words.heading), f"{words.kind}s-heading"))
        column.addWidget(quiet(words.about))
        column.addLayout(self._rows)
        folder = button(tr("Show folder"), f"{words.kind}s-folder", open_folder, ButtonKind.QUIET)
        column.addWidget(flow(folder))

    def describe(self) -> FilesWords:
        """Return the words for the kind of files listed here."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Refresh the list, unless a file is being changed; open again one that was left half changed."""
        if self.editor is not None:
            return
        self._list()
        with self._messages.attempt():
            stored = self._drafts.rows.forms(self._draft_key("")) if self._drafts is not None else ()
            left = next((line.key for line in self._store.lines() if self._draft_key(line.key) in stored), None)
            if left is not None:
                self.change(left)

    def keep_draft(self) -> None:
        """Store unsaved input."""
        if self._draft is not None:
            self._draft.keep()

    def _draft_key(self, key: str) -> str:
        return f"settings/{self._words.kind}/{key}"

    def _list(self) -> None:
        layouts.clear(self._rows)
        for line in self._store.lines():
            self._rows.addWidget(self._card(line))
        follow_layout(self)

    def change(self, key: str) -> None:
        """Open the editor on one of the user's own files: as it was left, if it was left half changed."""
        self.keep_draft()
        self._drop_editor()
        self._list()
        self.editor = FormatEditor(
            self._store.text(key),
            lambda written: self._store.check(key, written),
            self._words.kind,
            self._words.text_label,
        )
        self.editor.saved.connect(lambda written: self._on_saved(key, written))
        self.editor.cancelled.connect(self.close_editor)
        self._draft = FormDraft(self.editor, self._drafts)
        self._draft.begin(self._draft_key(key))
        keys = [line.key for line in self._store.lines()]
        self._rows.insertWidget(keys.index(key) + 1, self.editor)
        follow_layout(self)
        self.editor.field.setFocus()

    def close_editor(self) -> None:
        """Close the editor without saving, and discard its input."""
        if self._draft is not None:
            self._messages.attempted(self._draft.discard)
        self._drop_editor()
        self._list()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            layouts.discard(self._rows, self.editor)
            self.editor = self._draft = None

    def _card(self, line: FileLine) -> Card:
        of = self._words.kind
        card = Card(f"{of}-{line.key}", roomy=True)
        card.body.addWidget(named(text(line.name), f"{of}-{line.key}-name"))
        if line.about:
            card.body.addWidget(small(line.about))
        if line.problem:
            card.body.addWidget(named(text(line.problem), f"{of}-{line.key}-problem"))
        if line.own:
            pressed, label = (lambda: self.change(line.key)), tr("Edit")
        else:
            pressed, label = (lambda: self._on_copy(line.key)), tr("Copy and edit")
        card.end_with(button(label, f"{of}-{line.key}-change", pressed, ButtonKind.QUIET, description=line.name))
        return card

    def _on_copy(self, key: str) -> None:
        with self._messages.attempt():
            self.change(self._store.copy(key))

    def _on_saved(self, key: str, written: str) -> None:
        with self._messages.attempt():
            self._store.save(key, written)
            self.close_editor()
