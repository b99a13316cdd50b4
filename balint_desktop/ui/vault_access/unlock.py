"""The unlock gate."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.vault_access.unlock_form import OpenWith, UnlockForm
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


class Unlock(Place):
    """The unlock gate of an existing vault. `other_words` is the label of its last button, which leads elsewhere."""

    opened = Signal(object)
    other_asked = Signal()

    def __init__(
        self, folder: str, with_passphrase: OpenWith, with_recovery_key: OpenWith, other_words: str = ""
    ) -> None:
        super().__init__("unlock", tr("Open the vault"), centred=True)
        self.form = UnlockForm(with_passphrase, with_recovery_key)
        self.form.opened.connect(self.opened)
        self.secret = self.form.secret
        self.open_button = self.form.open_button
        self.other_way = self.form.other_way
        self.clock_alone = button(
            other_words or tr("The clock alone, without the vault"),
            "unlock-clock-alone",
            self.other_asked.emit,
            ButtonKind.QUIET,
            shortcut="Alt+C",
        )
        self.body.addWidget(named(quiet(folder), "unlock-folder"))
        self.body.addWidget(self.form)
        self.body.addWidget(self.clock_alone)
        self.body.addStretch(1)

    @property
    def by_key(self) -> bool:
        """Whether the recovery key is asked for."""
        return self.form.by_key

    def first_focus(self) -> QLineEdit:
        return self.secret

    def enter_view(self) -> None:
        self.form.forget()

    def leave_view(self) -> None:
        self.form.forget()
