"""Marks for what a person could not write down: unclear, several people at once, another language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.transcript import Transcript, Turn, Word, WordKind
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named

_LANGUAGE_LIMIT = 40
# Signs that would end the mark in the text.
_BRACKETS = str.maketrans("", "", "[]")


class LanguageBox(Form):
    """Asks which language a place is in. Enter marks; Escape closes it."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(6)
        named(self, "transcript-language-box")
        self.language = QLineEdit()
        self.language.setMaxLength(_LANGUAGE_LIMIT)
        self.row(
            tr("Which language?"),
            self.language,
            "transcript-language",
            tr("The text then asks for someone who speaks it to listen."),
        )
        self.language.returnPressed.connect(self._on_mark)
        self.mark_button = button(tr("Mark"), "transcript-language-mark", self._on_mark, ButtonKind.PRIMARY)
        self.cancel_button = button(
            tr("Cancel"), "transcript-language-cancel", self._on_cancel, escape=EscapeRole.CANCEL
        )
        self.add(flow(self.mark_button, self.cancel_button))
        self.hide()

    def ask(self, suggested: str) -> None:
        """Ask, with a language suggested."""
        self.language.setText(suggested or "te reo Māori")
        self.show()
        self.language.selectAll()
        self.language.setFocus()

    def _on_mark(self) -> None:
        language = " ".join(self.language.text().translate(_BRACKETS).split())
        if language:
            self.hide()
            self.chosen.emit(language)

    def _on_cancel(self) -> None:
        self.hide()
        self.closed.emit()


def marks_menu(
    parent: QWidget, language: str, mark: Callable[[WordKind, str], object], ask: Callable[[], object]
) -> QMenu:
    """Return the menu of marks. It has no ready word for distress: a person may write it, the app offers none."""
    menu = named(QMenu(parent), "transcript-marks-menu", spoken=tr("Marks"))
    unclear = menu.addAction(tr("Unclear"), lambda: mark(WordKind.UNCLEAR, ""))
    unclear.setShortcut(QKeySequence("Ctrl+U"))
    menu.addAction(tr("Several people at once"), lambda: mark(WordKind.OVERLAP, ""))
    if language:
        known = tr("{language}: for a speaker").format(language=language).replace("&", "&&")
        menu.addAction(known, lambda: mark(WordKind.OTHER_LANGUAGE, language)).setShortcut(QKeySequence("Ctrl+O"))
    menu.addAction(tr("Another language…"), ask)
    menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
    return menu


def marked(transcript: Transcript, turn: Turn, place: tuple[int, int], kind: WordKind, text: str = "") -> Transcript:
    """Return the transcript with a mark in place of words, from one to before another; an empty place is between two.

    `text` is the name of another language.
    """
    first, last = place
    if last == first + 1:
        word = turn.words[first]
        return editing.with_word(transcript, turn.id, first, Word(text, word.from_ms, word.until_ms, kind=kind))
    words: list[str | Word] = list(turn.words)
    words[first:last] = [Word(text, turn.from_ms, turn.until_ms, kind=kind)]
    return editing.retyped(transcript, turn.id, words)
