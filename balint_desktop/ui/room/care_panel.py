"""The panel *Someone needs care*. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.session.prompts import Mode, Prompt
from balint_desktop.i18n import tr
from balint_desktop.session.prompting import PromptSelection
from balint_desktop.text.spoken import spoken
from balint_desktop.ui.room.cards import WordsCard
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import button


def _line(prompt: Prompt, support: str) -> str:
    words = spoken(prompt.text, support, "")
    return tr("“{words}”").format(words=words) if prompt.mode is Mode.SAY else words


class CarePanel(RoomPanel):
    """A few calm lines and one button. It stays open until closed."""

    def __init__(
        self, table: PromptSelection, support: str, pause: Callable[[], None], can_pause: Callable[[], bool]
    ) -> None:
        super().__init__("care", tr("Someone needs care"), tr("Back to the prompts"), is_read=True)
        self._can_pause = can_pause
        lines = tuple(_line(prompt, support) for prompt in table.care_prompts())
        self.body.addWidget(WordsCard("care-lines", lines, tr("Say what is in quotation marks.")))
        self.pause = button(tr("Pause recording"), "care-pause", pause)
        self.body.addWidget(self.pause)
        self.body.addStretch(1)

    def refresh(self) -> None:
        self.pause.setVisible(self._can_pause())
