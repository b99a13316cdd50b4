"""The prompts: at most two cards, *Another*, situation chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from balint_desktop.domain.session.cards import SpokenWords
from balint_desktop.domain.session.prompts import Situation, fill_placeholders
from balint_desktop.i18n import tr
from balint_desktop.session.prompting import PromptSelection
from balint_desktop.ui.room.cards import PromptCard, WordsCard, card_words
from balint_desktop.ui.room.question_guide import QuestionGuide
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import FlowLayout
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet

_MAX_CARDS = 2


class PromptsPanel(QWidget):
    """The right side of the room. It is laid out again only when its contents change."""

    laid_out = Signal()

    def __init__(
        self, table: PromptSelection, support: str, left_s: Callable[[], float], guide: QuestionGuide | None = None
    ) -> None:
        super().__init__()
        named(self, "prompts")
        self._guide = guide
        self._table = table
        self._support = support
        self._left_s = left_s
        self._return_time = ""
        self._card: SpokenWords | None = None
        self._all_chips = False
        self.another = button(tr("Another"), "another", self._on_another, shortcut="F5")
        self.more = chip(tr("More…"), "chips-more", self._on_more)
        self._heading = named(quiet(tr("You might say")), "prompts-heading")
        self._cards = QWidget()
        self._cards_column = layouts.column(self._cards, 10)
        self._chips_heading = named(quiet(tr("The group is")), "chips-heading")
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips)
        self._build()

    def _build(self) -> None:
        scrolled = QWidget()
        inside = layouts.column(scrolled, 10)
        inside.addWidget(self._cards)
        if self._guide is not None:
            inside.addWidget(self._guide)
            self._guide.laid_out.connect(self.laid_out)
        inside.addWidget(self.another)
        inside.addStretch(1)
        area = named(QScrollArea(), "prompts-scroll", spoken=tr("You might say"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(scrolled)
        column = layouts.column(self, 8)
        column.addWidget(self._heading)
        column.addWidget(area, 1)
        column.addWidget(self._chips_heading)
        column.addWidget(self._chips)

    def show_card(self, card: SpokenWords | None, return_time: str) -> None:
        """Show the first card of words, if any, and prompts after it."""
        if (card, return_time) == (self._card, self._return_time):
            return
        self._card, self._return_time = card, return_time
        self._lay_out_cards()

    def lay_out(self) -> None:
        """Lay out the current cards and chips."""
        self._lay_out_cards()
        self._lay_out_chips()

    def _lay_out_cards(self) -> None:
        layouts.clear(self._cards_column)
        room = _MAX_CARDS
        if self._card is not None:
            self._cards_column.addWidget(WordsCard("words-card", self._card.lines, card_words(self._card.kind)))
            # Five lines to say fill the page.
            room = 1 if len(self._card.lines) <= _MAX_CARDS else 0
        for number, prompt in enumerate(self._table.prompts[:room], start=1):
            words = fill_placeholders(tr(prompt.text), self._support, self._return_time)
            card = PromptCard(f"prompt-{number}", words, prompt.mode, self._table.basis(prompt))
            self._cards_column.addWidget(card)
        guided = self._guide is not None and self._table.is_guided
        if self._guide is not None:
            self._guide.setVisible(guided)
        self._heading.setText(tr("Core questions, in any order") if guided else tr("You might say"))
        self._cards.setVisible(not guided or self._card is not None)
        self.another.setVisible(room > 0 and not guided)
        self.laid_out.emit()

    def _lay_out_chips(self) -> None:
        layouts.clear(self._chip_flow, keep=(self.more,))
        chips = self._table.chips()
        for situation in (*chips.first, *(chips.more if self._all_chips else ())):
            self._chip_flow.addWidget(self._chip(situation))
        self._chip_flow.addWidget(self.more)
        self.more.setVisible(bool(chips.more))
        self._chips.updateGeometry()
        self.laid_out.emit()

    def _chip(self, situation: Situation) -> QPushButton:
        made = chip(tr(situation.label), f"chip-{situation.key}")
        made.setToolTip(tr(situation.meaning))
        show_on(made, situation.key == self._table.situation)
        when_chosen(made, lambda on: self._on_chip(situation.key if on else None))
        return made

    def _on_chip(self, situation: str | None) -> None:
        self._table.set_situation(situation, self._left_s())
        for made in self._chips.findChildren(QPushButton):
            if made is not self.more:
                show_on(made, made.objectName() == f"chip-{situation}")
        self._lay_out_cards()

    def _on_another(self) -> None:
        self._table.select_others()
        self._lay_out_cards()

    def _on_more(self, on: bool) -> None:
        self._all_chips = on
        self.more.setText(tr("Fewer") if on else tr("More…"))
        self._lay_out_chips()
