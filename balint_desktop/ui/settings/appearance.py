"""Appearance settings: theme, text size and language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from balint_desktop.i18n import available, tr
from balint_desktop.ui.shell.language import native_name
from balint_desktop.ui.shell.preferences import SCALES, Preferences
from balint_desktop.ui.theme.theme import Appearance, Theme
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import show_on, when_chosen
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading


class AppearanceSection(QWidget):
    """Theme, text size and language. Each choice takes effect at once and is saved.

    `language` is the chosen one, empty for the system's; `speak` is called with another.
    """

    def __init__(
        self,
        theme: Theme,
        remember: Callable[[Preferences], None],
        language: str = "",
        speak: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._remember = remember
        self._speak = speak
        self.language = _languages(language)
        self.language.activated.connect(self._on_language)
        self._choices = QButtonGroup(self)
        self._buttons = {appearance: self._choice(appearance) for appearance in Appearance}
        show_on(self._buttons[theme.appearance], True)
        self.scale = ChoiceField()
        for scale in SCALES:
            self.scale.addItem(tr("{percent}%").format(percent=round(scale * 100)), scale)
        self.scale.setCurrentIndex(max(0, self.scale.findData(theme.sizes.scale)))
        self.scale.activated.connect(self._on_scale)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Appearance")), "appearance-heading"))
        column.addWidget(flow(*self._buttons.values()))
        form = Form()
        form.row(tr("Text size"), self.scale, "text-size")
        self.scale.setMaximumWidth(self.scale.sizeHint().width() * 2)
        form.row(tr("Language"), self.language, "language")
        self.language.setMaximumWidth(self.language.sizeHint().width() * 2)
        column.addWidget(form)

    def chosen(self) -> QRadioButton:
        """Return the current choice."""
        return self._buttons[self._theme.appearance]

    def _choice(self, appearance: Appearance) -> QRadioButton:
        words = {
            Appearance.SYSTEM: tr("System"),
            Appearance.LIGHT: tr("Light"),
            Appearance.DARK: tr("Dark"),
            Appearance.CONTRAST: tr("High contrast"),
        }[appearance]
        made = named(QRadioButton(words), f"appearance-{appearance.value}")
        self._choices.addButton(made)
        when_chosen(made, lambda on: self._on_appearance(appearance) if on else None)
        return made

    def _on_appearance(self, appearance: Appearance) -> None:
        self._theme.choose(appearance)
        self._save()

    def _on_scale(self) -> None:
        self._theme.set_scale(self.scale.currentData())
        self._save()

    def _on_language(self) -> None:
        self._save()
        self._speak(self.language.currentData())

    def _save(self) -> None:
        self._remember(Preferences(self._theme.appearance, self._theme.sizes.scale, self.language.currentData()))


def _languages(chosen: str) -> ChoiceField:
    """Return the list of languages, each in its own words, so that it is found by whoever speaks it."""
    field = ChoiceField()
    field.addItem(tr("System"), "")
    for tag in sorted(available(), key=native_name):
        field.addItem(native_name(tag), tag)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field
