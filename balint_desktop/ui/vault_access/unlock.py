"""The unlock gate."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.vault_access.unlock_form import OpenWith, UnlockForm
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.learn_more import help_button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet


@dataclass(frozen=True, slots=True)
class UnlockReason:
    """Why the passphrase is asked for: the title, a sentence, the button that leads elsewhere, and its page of Help."""

    title: str
    words: str
    other: str = ""
    help_page: str = ""


class Unlock(Place):
    """The unlock gate of an existing vault. While it opens, the focus stays: a space still typed presses nothing."""

    opened = Signal(object)
    other_asked = Signal()
    another_asked = Signal()
    restore_asked = Signal()
    """The vault here is the wrong one: another backup is to be restored in its place."""

    def __init__(
        self, folder: str, with_passphrase: OpenWith, with_recovery_key: OpenWith, reason: UnlockReason | None = None
    ) -> None:
        reason = reason or UnlockReason(tr("Unlock your vault"), folder)
        super().__init__("unlock", reason.title, centred=True)
        self.help_page = reason.help_page
        self.form = UnlockForm(with_passphrase, with_recovery_key)
        self.form.opened.connect(self.opened)
        self.secret = self.form.secret
        self.open_button = self.form.open_button
        self.other_way = self.form.other_way
        self.clock_alone = button(
            reason.other or tr("Clock only, without the vault"),
            "unlock-clock-alone",
            self.other_asked.emit,
            ButtonKind.QUIET,
            shortcut="Alt+C",
        )
        self.body.addWidget(named(quiet(reason.words), "unlock-reason"))
        self.body.addWidget(self.form)
        self.help_button = help_button("unlock-help")
        self.another_button = button(tr("Another vault…"), "unlock-another", self.another_asked.emit, ButtonKind.QUIET)
        self.another_button.hide()
        self.body.addWidget(flow(self.clock_alone, self.another_button, self.help_button, spacing=24))
        self._never_opened = named(
            quiet(
                tr(
                    "This vault was restored from a backup and never opened. If it is not yours, restore another "
                    "backup: this one is set aside, and nothing is deleted."
                )
            ),
            "unlock-never-opened",
        )
        self.restore_button = button(
            tr("Restore another backup…"), "unlock-restore", self.restore_asked.emit, ButtonKind.QUIET
        )
        for widget in (self._never_opened, self.restore_button):
            widget.hide()
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def offer_restore(self) -> None:
        """Offer to restore another backup."""
        self._never_opened.show()
        self.restore_button.show()

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
