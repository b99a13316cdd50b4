"""Whether the room shows prompts after the opening: chosen once by the facilitator, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtWidgets import QRadioButton, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import show_on, when_chosen
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading

SETTING = "prompts-shown"
"""The key of the setting in the vault's log."""


class PromptsShown(StrEnum):
    """When the room shows prompts, once the opening is over."""

    ALWAYS = "always"
    ON_REQUEST = "on-request"
    NEVER = "never"


def prompts_shown(stored: str | None) -> PromptsShown:
    """Return the stored choice, ALWAYS where there is none or it is not known."""
    return PromptsShown(stored) if stored in set(PromptsShown) else PromptsShown.ALWAYS


@dataclass(frozen=True, slots=True)
class PromptsSettingDeps:
    """Reads and saves the choice. Both raise Trouble."""

    read: Callable[[], PromptsShown]
    save: Callable[[PromptsShown], None]


class PromptsSetting(QWidget):
    """Three choices for Settings. A change applies from the next session."""

    def __init__(self, deps: PromptsSettingDeps, messages: Messages) -> None:
        super().__init__()
        self._deps, self._messages = deps, messages
        self.choices: dict[PromptsShown, QRadioButton] = {}
        column = layouts.column(self, 6)
        column.addWidget(named(subheading(tr("Prompts after the opening")), "prompts-setting-heading"))
        for shown, label in _labels().items():
            made = named(QRadioButton(label), f"prompts-setting-{shown}")
            when_chosen(made, partial(self._on_chosen, shown))
            self.choices[shown] = made
            column.addWidget(made)
        column.addWidget(quiet(tr("Prompts replace neither training nor supervision.")))

    def _on_chosen(self, shown: PromptsShown, on: bool) -> None:
        if on:
            with self._messages.attempt():
                self._deps.save(shown)

    def refresh(self) -> None:
        """Show the stored choice."""
        chosen = PromptsShown.ALWAYS
        with self._messages.attempt():
            chosen = self._deps.read()
        for shown, made in self.choices.items():
            show_on(made, shown is chosen)


def _labels() -> dict[PromptsShown, str]:
    return {
        PromptsShown.ALWAYS: tr("Show them"),
        PromptsShown.ON_REQUEST: tr("Show them when I ask"),
        PromptsShown.NEVER: tr("Don’t show them"),
    }
