"""A memo being written: at a passage, or on a whole text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import quiet

_LIMIT = 8000


class MemoBox(QWidget):
    """The words, Save and Cancel. What is half written is a draft of the vault until then."""

    saved = Signal(str)
    closed = Signal()

    def __init__(self, drafts: Drafts | None, identifier: str = "memo") -> None:
        super().__init__()
        named(self, f"{identifier}-box")
        self.about = named(quiet(""), f"{identifier}-about")
        self.words = named(NoteField(identifier, _LIMIT, 4, shown_from=400), f"{identifier}-words", spoken=tr("Memo"))
        self.save_button = button(tr("Save memo"), f"{identifier}-save", self.save, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), f"{identifier}-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self.problem = ProblemLabel(f"{identifier}-problem")
        self.draft = FormDraft(self, drafts)
        column = layouts.column(self, 8)
        column.addWidget(self.about)
        column.addWidget(self.words)
        column.addWidget(self.words.left_words)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        self.hide()

    def ask(self, about: str, key: str, words: str = "") -> None:
        """Show the box for a memo; `key` names its draft. Raise Trouble."""
        self.draft.keep()
        self.about.setText(about)
        self.problem.announce("")
        self.words.setPlainText(words)
        self.draft.begin(f"analysis-memo-{key}")
        self.show()
        self.words.setFocus()

    def save(self) -> None:
        """Ask for the memo to be saved, or say what is missing."""
        if not self.words.words():
            self.problem.announce(tr("Write something first."))
            self.words.setFocus()
            return
        self.problem.announce("")
        self.saved.emit(self.words.words())

    def done(self) -> None:
        """Close the box: the memo is saved. Raise Trouble."""
        self.draft.discard()
        self.hide()

    def leave(self) -> None:
        """Close the box; what is half written stays a draft."""
        self.draft.keep()
        self.hide()

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self.hide()
        self.closed.emit()
