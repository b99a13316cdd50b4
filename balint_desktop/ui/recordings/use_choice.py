"""Choose what a recording leaves the vault for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import USES
from balint_desktop.i18n import tr
from balint_desktop.text.consents import purpose_name
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.form import Form


class UseChoice(QWidget):
    """The use, with none chosen at first. `changed` is emitted with the chosen purpose, or None."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.use = Choice(tr("Choose a purpose"))
        self.use.set_options([(purpose_name(purpose), purpose) for purpose in Purpose if purpose in USES])
        form = Form()
        form.row(tr("Export or share for"), self.use, "recording-use")
        layouts.column(self).addWidget(form)
        self.use.currentIndexChanged.connect(lambda _: self.changed.emit(self.purpose()))

    def purpose(self) -> Purpose | None:
        """Return the chosen use, None if there is none."""
        value = self.use.value()
        return value if isinstance(value, Purpose) else None

    def reset(self) -> None:
        """Clear the choice: another recording may be agreed for other uses."""
        self.use.choose(None)
