"""All situations with their lines, to read before a session or after it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.prompts import PromptBank, Situation
from balint_desktop.i18n import tr
from balint_desktop.text.spoken import spoken
from balint_desktop.ui.room.cards import mode_words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading, text


class SituationsList(QWidget):
    """A read-only list. `themes` includes what rests on the study's findings; `support` is the group's."""

    def __init__(self, bank: PromptBank, *, themes: bool, support: str = "") -> None:
        super().__init__()
        named(self, "situations")
        column = layouts.column(self, 12)
        column.addWidget(quiet(tr("What you might say, or keep in mind. Saying nothing is always possible.")))
        for situation in bank.situations:
            if themes or not situation.theme:
                column.addWidget(_card(bank, situation, themes=themes, support=support))
        column.addStretch(1)


def _card(bank: PromptBank, situation: Situation, *, themes: bool, support: str) -> QWidget:
    card = Card(f"situation-{situation.key}")
    card.body.addWidget(named(subheading(situation.label), f"situation-{situation.key}-label"))
    card.body.addWidget(quiet(situation.meaning))
    for prompt in bank.situation_prompts(situation.key):
        if themes or not prompt.theme:
            line = tr("{words} ({mode})").format(words=spoken(prompt.text, support, ""), mode=mode_words(prompt.mode))
            card.body.addWidget(named(text(line), f"situation-line-{prompt.id}"))
    return card
