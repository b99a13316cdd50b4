"""Passphrase or recovery key field; the window stays responsive meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.vault_access.passphrase_fields import secret_field, show_tick
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.narrow import narrow

Opened = Callable[[object], None]
Failed = Callable[[Trouble], None]
OpenWith = Callable[[str, Opened, Failed, QObject], None]
"""Unlocks the vault with a passphrase or key; calls back with the opened vault, or a Trouble.

The last argument is the owner: if it was deleted meanwhile, nothing is opened.
"""


class UnlockForm(QWidget):
    """The field, Show, Open, and an error line. Used at the gate and in a locked room."""

    opened = Signal(object)

    def __init__(self, with_passphrase: OpenWith, with_recovery_key: OpenWith) -> None:
        super().__init__()
        self._open = {False: with_passphrase, True: with_recovery_key}
        self._by_key = False
        self.secret = secret_field()
        self.show_typed = show_tick("unlock-show", self.secret)
        self.problem = ProblemLabel("unlock-problem")
        self.open_button = button(tr("Unlock"), "unlock-open", self._on_open, ButtonKind.PRIMARY, shortcut="Alt+O")
        self.other_way = button("", "unlock-other-way", self._on_other_way, ButtonKind.QUIET, shortcut="Alt+R")
        self._build()
        self._show_method()
        self.secret.returnPressed.connect(self._on_open)

    @property
    def by_key(self) -> bool:
        """Whether the recovery key is asked for."""
        return self._by_key

    def forget(self) -> None:
        """Discard the input, and hide further input."""
        self.secret.clear()
        self.show_typed.setChecked(False)

    def _build(self) -> None:
        column = layouts.column(self, 14)
        form = Form()
        self._label = form.row(tr("Passphrase"), self.secret, "unlock-secret")
        form.add(self.show_typed)
        column.addWidget(narrow(form))
        column.addWidget(self.problem)
        column.addWidget(flow(self.open_button))
        column.addSpacing(18)
        column.addWidget(self.other_way)

    def _on_other_way(self) -> None:
        self._by_key = not self._by_key
        self.problem.announce("")
        self.secret.clear()
        self._show_method()
        self.secret.setFocus()

    def _show_method(self) -> None:
        label = tr("Recovery key (from paper)") if self._by_key else tr("Passphrase")
        self._label.setText(label)
        self.secret.setAccessibleName(label.replace("&", ""))
        self.other_way.setText(tr("Use the passphrase") if self._by_key else tr("Use the recovery key"))
        self.other_way.setShortcut("Alt+R")

    def _on_open(self) -> None:
        if self.secret.isReadOnly():
            return
        typed = self.secret.text()
        if self._by_key:
            typed = "".join(typed.split()).upper()
        if not typed:
            self.problem.announce(tr("Enter your recovery key.") if self._by_key else tr("Enter your passphrase."))
            return
        self._set_opening(True)
        self._open[self._by_key](typed, self._on_opened, self._on_failed, self)

    def _on_opened(self, result: object) -> None:
        if not is_alive(self):
            # Opening may have closed the gate that contains this form.
            return
        self._set_opening(False)
        self.secret.clear()
        self.opened.emit(result)

    def _on_failed(self, trouble: Trouble) -> None:
        self._set_opening(False)
        self.problem.show_trouble(trouble)
        self.secret.selectAll()
        self.secret.setFocus()

    def _set_opening(self, opening: bool) -> None:
        # Read-only and not disabled: the focus would go to the next button, and a space still typed would press it.
        self.secret.setReadOnly(opening)
        for part in (self.open_button, self.other_way, self.show_typed):
            part.setEnabled(not opening)
        self.problem.announce(tr("Opening…") if opening else "")
