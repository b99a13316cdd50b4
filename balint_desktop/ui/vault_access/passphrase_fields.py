"""Choose a new passphrase: twice, Show, strength estimate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small
from balint_desktop.vault.passphrase_text import tidy_passphrase


@dataclass(frozen=True, slots=True)
class StrengthWords:
    """A passphrase's strength in words, and whether it is accepted."""

    words: str
    enough: bool


Estimate = Callable[[str], StrengthWords]


def secret_field() -> QLineEdit:
    """Return a field that hides its input, and keeps the system from learning it."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def show_tick(identifier: str, *fields: QLineEdit) -> QCheckBox:
    """Return a tick that reveals the fields' input."""
    tick = named(QCheckBox(tr("Show what I type")), identifier)

    def show(shown: bool) -> None:
        for field in fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    tick.toggled.connect(show)
    return tick


class NewPassphrase(QWidget):
    """Two fields, Show, and the strength of the passphrase."""

    submitted = Signal()

    def __init__(self, work: Work, estimate: Estimate, prefix: str = "passphrase") -> None:
        super().__init__()
        self._work = work
        self._estimate = estimate
        self._strength: StrengthWords | None = None
        self._estimated = ""
        self._is_estimating = False
        self.first = secret_field()
        self.second = secret_field()
        self.strength = named(small(""), f"{prefix}-strength")
        self.show_typed = show_tick(f"{prefix}-show", self.first, self.second)
        column = layouts.column(self)
        form = Form()
        form.row(tr("Passphrase"), self.first, f"{prefix}-first", tr("Use four or five unrelated words."))
        form.add(self.strength)
        form.row(tr("Repeat passphrase"), self.second, f"{prefix}-second")
        form.add(self.show_typed)
        column.addWidget(form)
        self.first.textChanged.connect(self._on_typed)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.submitted)

    def problem(self) -> str:
        """Return why the passphrase is not accepted yet, empty if it is."""
        if not self.passphrase():
            return tr("Enter a passphrase.")
        if self._is_estimating or self._strength is None:
            return tr("Checking the passphrase. One moment, please.")
        if not self._strength.enough:
            return tr("That passphrase could be guessed. Add an unrelated word or two.")
        if self.passphrase() != tidy_passphrase(self.second.text()):
            return tr("The two don’t match. Tick “Show what I type” to check.")
        return ""

    def passphrase(self) -> str:
        """Return the input, without line breaks and surrounding spaces."""
        return tidy_passphrase(self.first.text())

    def clear(self) -> None:
        """Discard the input."""
        self.first.clear()
        self.second.clear()
        self.show_typed.setChecked(False)

    def _on_typed(self) -> None:
        if not self.first.text():
            self._strength = None
            self.strength.setText("")
        elif not self._is_estimating:
            self._start_estimate()

    def _start_estimate(self) -> None:
        typed = self.first.text()
        self._is_estimating = True
        self._work.run(lambda: self._estimate(typed), lambda s: self._on_estimated(typed, s), self._on_failed, self)

    def _on_estimated(self, typed: str, strength: StrengthWords) -> None:
        self._is_estimating = False
        if not self.first.text():
            return
        if typed != self.first.text():
            self._start_estimate()
            return
        self._strength = strength
        self.strength.setText(strength.words)

    def _on_failed(self, _: Trouble) -> None:
        self._is_estimating = False
