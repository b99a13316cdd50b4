"""All situations with their lines, to read before a session or after it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.prompts import PromptBank, Situation
from balint_desktop.i18n import tr
from balint_desktop.library.formats import shipped_bank
from balint_desktop.text.spoken import spoken
from balint_desktop.ui.room.cards import mode_words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
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


class SituationsFold(QWidget):
    """A quiet button that shows the list below it, or hides it again; the list is built when first shown."""

    def __init__(self, group: Group, *, online: bool = False) -> None:
        super().__init__()
        self._group = group
        self._online = online
        self.listed: SituationsList | None = None
        self.button = button(tr("All situations"), "situations-show", self._on_press, ButtonKind.QUIET)
        self._column = layouts.column(self, 10)
        self._column.addWidget(flow(self.button))

    def show_for(self, *, online: bool) -> None:
        """List what fits a session by video call, or one in a room."""
        if online == self._online:
            return
        self._online = online
        if self.listed is not None:
            is_shown = not self.listed.isHidden()
            layouts.discard(self._column, self.listed)
            self._list().setVisible(is_shown)

    def _list(self) -> SituationsList:
        bank, group = shipped_bank().for_setting(online=self._online), self._group
        self.listed = SituationsList(bank, themes=not group.for_research, support=group.support)
        self._column.addWidget(self.listed)
        return self.listed

    def _on_press(self) -> None:
        is_shown = self.listed is not None and not self.listed.isHidden()
        listed = self.listed or self._list()
        listed.setVisible(not is_shown)
        set_words(self.button, tr("All situations") if is_shown else tr("Hide situations"))


def _card(bank: PromptBank, situation: Situation, *, themes: bool, support: str) -> QWidget:
    card = Card(f"situation-{situation.key}")
    card.body.addWidget(named(subheading(situation.label), f"situation-{situation.key}-label"))
    card.body.addWidget(quiet(situation.meaning))
    for prompt in bank.situation_prompts(situation.key):
        if themes or not prompt.theme:
            line = tr("{mode}: {words}").format(mode=mode_words(prompt.mode), words=spoken(prompt.text, support, ""))
            card.body.addWidget(named(text(line), f"situation-line-{prompt.id}"))
    return card
