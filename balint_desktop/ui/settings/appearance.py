"""Appearance settings: theme and text size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from balint_desktop.i18n import tr
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
    """Theme and text size. Each choice takes effect at once and is saved."""

    def __init__(self, theme: Theme, remember: Callable[[Preferences], None]) -> None:
        super().__init__()
        self._theme = theme
        self._remember = remember
        self._choices = QButtonGroup(self)
        self._buttons = {appearance: self._choice(appearance) for appearance in Appearance}
        show_on(self._buttons[theme.appearance], True)
        self.scale = ChoiceField()
        for scale in SCALES:
            self.scale.addItem(tr("{percent} %").format(percent=round(scale * 100)), scale)
        self.scale.setCurrentIndex(max(0, self.scale.findData(theme.sizes.scale)))
        self.scale.activated.connect(self._on_scale)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Appearance")), "appearance-heading"))
        column.addWidget(flow(*self._buttons.values()))
        form = Form()
        form.row(tr("Size of text"), self.scale, "text-size")
        self.scale.setMaximumWidth(self.scale.sizeHint().width() * 2)
        column.addWidget(form)

    def chosen(self) -> QRadioButton:
        """Return the current choice."""
        return self._buttons[self._theme.appearance]

    def _choice(self, appearance: Appearance) -> QRadioButton:
        words = {
            Appearance.SYSTEM: tr("As the system has it"),
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

    def _save(self) -> None:
        self._remember(Preferences(self._theme.appearance, self._theme.sizes.scale))
