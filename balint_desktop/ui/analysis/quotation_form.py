"""A quotation being chosen: for which theme, and what is printed of its passage."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.quotations import LEFT_OUT
from balint_desktop.domain.analysis.study import StudyTheme
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.page_area import area_around

_QUOTE_LIMIT = 2000


class QuotationForm(QWidget):
    """Emits `saved` with a theme's id and the words. What is half typed is a draft of the vault."""

    saved = Signal(str, str)

    def __init__(self, drafts: Drafts | None) -> None:
        super().__init__()
        named(self, "quotation-form")
        self._has_themes = False
        self.theme = Choice(tr("Choose a theme"))
        self.shown = NoteField("quotation-words", _QUOTE_LIMIT, 3, shown_from=200)
        self.problem = ProblemLabel("quotation-problem")
        self.save_button = button(tr("Add quotation"), "quotation-save", self._on_save, ButtonKind.PRIMARY)
        self.shorten_button = button(tr("Leave out selected words"), "quotation-shorten", self._on_shorten)
        self.cancel_button = button(tr("Cancel"), "quotation-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        form = Form()
        form.row(tr("Theme"), self.theme, "quotation-theme")
        form.row(tr("As printed; write […] where you leave words out"), self.shown, "quotation-words")
        form.add(self.shown.left_words)
        column = layouts.column(self, 10)
        column.addWidget(form)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.shorten_button, self.cancel_button))
        self.draft = FormDraft(self, drafts)
        self.hide()

    def offer(self, themes: Iterable[StudyTheme]) -> None:
        """Offer themes."""
        offered = [(theme.name, theme.id) for theme in themes]
        self._has_themes = bool(offered)
        before = self.theme.value()
        self.theme.set_options(offered)
        if before is not None:
            self.theme.choose(before)

    def ask(self, key: str, words: str) -> None:
        """Show the form for the words of a passage; `key` names its draft. Raise Trouble."""
        self.draft.keep()
        self.shown.setPlainText(words)
        self.refuse("" if self._has_themes else tr("Make a theme first."))
        self.save_button.setEnabled(self._has_themes)
        self.draft.begin(f"analysis-quotation-{key}")
        self.show()
        self.theme.setFocus()
        area = area_around(self)
        if area is not None:
            area.reveal(self.save_button)

    def refuse(self, words: str) -> None:
        """Say what is wrong."""
        self.problem.announce(words)

    def done(self) -> None:
        """Close the form: the quotation is added. Raise Trouble."""
        self.draft.discard()
        self.hide()

    def leave(self) -> None:
        """Close the form; what is half typed stays a draft."""
        self.draft.keep()
        self.draft.key = ""
        self.shown.clear()
        self.hide()

    def _on_save(self) -> None:
        theme, shown = self.theme.value(), self.shown.words()
        if theme is None or not shown:
            self.refuse(tr("Choose a theme.") if theme is None else tr("Enter the words of the quotation."))
            (self.theme if theme is None else self.shown).setFocus()
            return
        self.refuse("")
        self.saved.emit(theme, shown)

    def _on_shorten(self) -> None:
        cursor = self.shown.textCursor()
        if cursor.hasSelection():
            before = self.shown.toPlainText()[: cursor.selectionStart()]
            after = self.shown.toPlainText()[cursor.selectionEnd() :]
            lead = "" if not before or before[-1].isspace() else " "
            trail = "" if not after or after[0].isspace() else " "
            cursor.insertText(f"{lead}{LEFT_OUT}{trail}")
        else:
            self.refuse(tr("Select the words to leave out."))
        self.shown.setFocus()

    def _on_cancel(self) -> None:
        self.draft.discard()
        self.hide()
