"""The words to say before a recording step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.cards import WordsCard
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import ButtonKind, button


class SpokenPanel(RoomPanel):
    """Words to say, and a button to confirm where the step waits for them."""

    def __init__(
        self, identifier: str, heading: str, words: str, act: str = "", do: Callable[[], None] | None = None
    ) -> None:
        self.act = None
        if do is not None:
            self.act = button(act, f"{identifier}-act", lambda: self._on_act(do), ButtonKind.PRIMARY)
        acts = (self.act,) if self.act is not None else ()
        super().__init__(identifier, heading, tr("Not now") if act else tr("Done"), acts, is_settled=True)
        self.body.addWidget(WordsCard(f"{identifier}-words", (words,), tr("Say")))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.act or self.back

    def _on_act(self, do: Callable[[], None]) -> None:
        do()
        self.back_asked.emit()
