"""Cards: words to say, or a prompt with its basis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.cards import CardKind
from balint_desktop.domain.session.prompts import Mode
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import large, medium, small


def mode_words(mode: Mode) -> str:
    """Return whether a prompt is to be said or kept in mind."""
    return tr("Say") if mode is Mode.SAY else tr("For you")


def card_words(kind: CardKind) -> str:
    """Return the purpose of a card of words."""
    return {
        CardKind.OPENING: tr("Say this first"),
        CardKind.TRANSITION: tr("Say before the next step"),
        CardKind.CLOSING: tr("Say at the end"),
    }[kind]


class WordsCard(Card):
    """Lines to say. Several lines are set slightly smaller, so that five fit."""

    def __init__(self, identifier: str, lines: tuple[str, ...], remark: str) -> None:
        super().__init__(identifier)
        self.lines = lines
        if len(lines) > 2:
            self.body.setSpacing(9)
        for number, line in enumerate(lines, start=1):
            label = large(line) if len(lines) <= 2 else medium(line)
            self.body.addWidget(named(label, f"{identifier}-line-{number}"))
        self.body.addWidget(named(small(remark), f"{identifier}-remark"))


class PromptCard(Card):
    """One prompt. *Why this* shows its basis in the card."""

    def __init__(self, identifier: str, words: str, mode: Mode, basis: str) -> None:
        super().__init__(identifier)
        self.words = named(large(words), f"{identifier}-words")
        self.basis = named(small(basis), f"{identifier}-basis")
        self.basis.hide()
        self.why = button(
            tr("Why?"),
            f"{identifier}-why",
            self._on_why,
            ButtonKind.QUIET,
            description=tr("Shows what this prompt is based on."),
        )
        self.body.setContentsMargins(18, 12, 18, 5)
        self.body.setSpacing(2)
        self.body.addWidget(self.words)
        self.body.addWidget(self.basis)
        line = QWidget()
        row = layouts.row(line, 14)
        remark = named(small(mode_words(mode)), f"{identifier}-mode")
        remark.setWordWrap(False)
        row.addWidget(remark)
        row.addStretch(1)
        row.addWidget(self.why, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(line)

    def _on_why(self) -> None:
        self.basis.setVisible(self.basis.isHidden())
