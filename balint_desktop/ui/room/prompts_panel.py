"""The prompts: at most two cards, *Another*, and at most eight chips, each of which answers at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.session.cards import SpokenWords
from balint_desktop.domain.session.prompts import Situation
from balint_desktop.i18n import tr
from balint_desktop.session.prompting import PromptSelection
from balint_desktop.text.spoken import spoken
from balint_desktop.ui.room.cards import PromptCard, WordsCard, card_words
from balint_desktop.ui.room.question_guide import QuestionGuide
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import FlowLayout
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.scroll_keys import ScrolledByKeys
from balint_desktop.ui.widgets.text import quiet

_MAX_CARDS = 2
# Where the chips would take more of the panel than this, they fold into one.
_CHIPS_SHARE = 0.4


class PromptsPanel(ScrolledByKeys):
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
        self._folded = False
        self.another = button(tr("Another"), "another", self._on_another, shortcut=RoomKeys.ANOTHER)
        self.fold = chip(tr("Right now…"), "chips-fold", lambda _: self._show_chips())
        self._heading = named(quiet(tr("You might say")), "prompts-heading")
        self._cards = QWidget()
        self._cards_column = layouts.column(self._cards, 10)
        self._chips_heading = named(quiet(tr("Right now:")), "chips-heading")
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips)
        self._scrolled = QWidget()
        self.area = PageArea(self._scrolled, "prompts-scroll", tr("You might say"), inner=True)
        self._build()

    def _build(self) -> None:
        self._inside = inside = layouts.column(self._scrolled, 10)
        inside.addWidget(self._cards)
        if self._guide is not None:
            inside.addWidget(self._guide)
            self._guide.laid_out.connect(self.laid_out)
        inside.addWidget(self.another)
        inside.addStretch(1)
        self.area.setMinimumHeight(0)
        self._column: QVBoxLayout = layouts.column(self, 8)
        self._column.addWidget(self._heading)
        self._column.addWidget(self.area, 1)
        self._column.addWidget(self._chips_heading)
        self._column.addWidget(self._chips)
        self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_chips()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_if_narrow()

    def _fold_if_narrow(self) -> None:
        needed = self._chip_flow.heightForWidth(self.width()) + self._chips_heading.sizeHint().height()
        folded = needed > self.height() * _CHIPS_SHARE
        if folded != self._folded:
            self._folded = folded
            # Folded, the chips are listed in the part that scrolls.
            (self._column, self._inside)[not folded].removeWidget(self._chips)
            if folded:
                self._inside.insertWidget(0, self._chips)
            else:
                show_on(self.fold, on=False)
                self._column.insertWidget(self._column.indexOf(self._chips_heading) + 1, self._chips)
            self._show_chips()

    def _show_chips(self) -> None:
        """Show the chips, or the one that they are folded into."""
        has_chips = self._chip_flow.count() > 0
        self.fold.setVisible(self._folded and has_chips)
        self._chips_heading.setVisible(not self._folded and has_chips)
        self._chips.setVisible(has_chips and (not self._folded or self.fold.isChecked()))
        self._lay_out_cards()

    def show_card(self, card: SpokenWords | None, return_time: str) -> None:
        """Show the first card of words, if any, and prompts after it; `card` is filled in."""
        if (card, return_time) == (self._card, self._return_time):
            return
        self._card, self._return_time = card, return_time
        self._table.set_said(card.lines if card is not None else ())
        self._lay_out_cards()

    def lay_out(self) -> None:
        """Lay out the current cards and chips."""
        layouts.clear(self._chip_flow)
        for situation in self._table.chips():
            self._chip_flow.addWidget(self._chip(situation))
        self._chips.updateGeometry()
        show_on(self.fold, on=False)
        self._fold_if_narrow()
        self._show_chips()

    def _lay_out_cards(self) -> None:
        layouts.clear(self._cards_column)
        room = _MAX_CARDS
        # A chip answers at once, in place of the words.
        card = self._card if self._table.situation is None else None
        if card is not None:
            self._cards_column.addWidget(WordsCard("words-card", card.lines, card_words(card.kind)))
            # Five lines to say fill the page.
            room = 1 if len(card.lines) <= _MAX_CARDS else 0
        for number, prompt in enumerate(self._table.prompts[:room], start=1):
            words = spoken(prompt.text, self._support, self._return_time)
            self._cards_column.addWidget(PromptCard(f"prompt-{number}", words, prompt.mode, self._table.basis(prompt)))
        choosing = self._folded and self.fold.isChecked()
        guided = self._guide is not None and self._table.is_guided
        if self._guide is not None:
            self._guide.setVisible(guided and not choosing)
        self._heading.setText(tr("Core questions, in any order") if guided else tr("You might say"))
        self._cards.setVisible((not guided or card is not None) and not choosing)
        self.another.setVisible(room > 0 and not guided and not choosing)
        self.laid_out.emit()

    def _chip(self, situation: Situation) -> QPushButton:
        made = chip(situation.label, f"chip-{situation.key}")
        made.setToolTip(situation.meaning)
        show_on(made, situation.key == self._table.situation)
        when_chosen(made, lambda on: self._on_chip(situation.key if on else None))
        return made

    def _on_chip(self, situation: str | None) -> None:
        self._table.set_situation(situation, self._left_s())
        for made in self._chips.findChildren(QPushButton):
            show_on(made, made.objectName() == f"chip-{situation}")
        show_on(self.fold, on=False)
        self._show_chips()
        self.area.verticalScrollBar().setValue(0)

    def _on_another(self) -> None:
        self._table.select_others()
        self._lay_out_cards()
