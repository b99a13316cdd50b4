"""Vault settings: folder, passphrase, lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.settings.heavy_vault import HeavyVaultBox, Reseal
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.vault_access.passphrase_fields import Estimate, NewPassphrase, secret_field
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import FIELD, column_in
from balint_desktop.ui.widgets.text import quiet, subheading


@dataclass(frozen=True, slots=True)
class VaultDeps:
    """Vault actions in Settings. `change` takes the old and the new passphrase, and calls back later.

    `reseal` takes the passphrase and seals the vault again with it, where `work_factor` is above the app's own.
    """

    folder: str
    lock: Callable[[], None]
    open_folder: Callable[[], None]
    change: Callable[[str, str, Callable[[], None], Callable[[Trouble], None]], None]
    estimate: Estimate
    work_factor: Callable[[], int | None] = lambda: None
    reseal: Reseal | None = None


class VaultSection(QWidget):
    """The folder, a button to lock, and a form for a new passphrase that opens on demand."""

    def __init__(self, deps: VaultDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        self._deps = deps
        self._messages = messages
        self.change_button = button(tr("Change passphrase…"), "passphrase-change", self._on_change)
        self.lock_button = button(tr("Lock now"), "settings-lock", deps.lock)
        self.folder_button = button(tr("Show folder"), "vault-folder-open", deps.open_folder, ButtonKind.QUIET)
        self.old = secret_field()
        self.new = NewPassphrase(work, deps.estimate, "new-passphrase")
        self.problem = ProblemLabel("new-passphrase-problem")
        self.save_button = button(tr("Save"), "new-passphrase-save", self._on_save)
        self.cancel_button = button(
            tr("Cancel"), "new-passphrase-cancel", self._on_cancel, ButtonKind.QUIET, escape=EscapeRole.CANCEL
        )
        self._form = self._change_form()
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("Vault")), "vault-heading"))
        column.addWidget(named(quiet(deps.folder), "vault-folder"))
        column.addWidget(flow(self.lock_button, self.change_button, self.folder_button))
        column.addWidget(self._form)
        self._form.hide()
        self.heavy = HeavyVaultBox(deps.work_factor, deps.reseal, messages)
        column.addWidget(self.heavy)

    def _change_form(self) -> QWidget:
        holder = QWidget()
        column = column_in(holder, FIELD)
        form = Form()
        form.row(
            tr("Current passphrase"),
            self.old,
            "old-passphrase",
            tr("The recovery key works here too."),
        )
        column.addWidget(form)
        column.addWidget(self.new)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        self.new.submitted.connect(self._on_save)
        return holder

    def forget(self) -> None:
        """Discard the input, and close the form."""
        self.old.clear()
        self.new.clear()
        self.problem.announce("")
        self._form.hide()
        self.heavy.refresh()

    def _on_change(self) -> None:
        self._form.show()
        self.old.setFocus()

    def _on_cancel(self) -> None:
        self.forget()
        self.change_button.setFocus()

    def _on_save(self) -> None:
        problem = self.new.problem() if self.old.text() else tr("Enter your current passphrase.")
        self.problem.announce(problem)
        if not problem:
            self._form.setEnabled(False)
            self.problem.announce(tr("Saving the new passphrase. This takes a few seconds."))
            self._deps.change(self.old.text(), self.new.passphrase(), self._on_changed, self._on_failed)

    def _on_changed(self) -> None:
        # Shown also if the vault was locked meanwhile: the new passphrase now opens it.
        self._messages.inform(tr("Passphrase changed. Your recovery key stays the same."))
        if not is_alive(self):
            return
        self._form.setEnabled(True)
        self.forget()
        self.change_button.setFocus()

    def _on_failed(self, trouble: Trouble) -> None:
        self._messages.trouble(trouble)
        if not is_alive(self):
            return
        self._form.setEnabled(True)
        self.problem.announce("")
        self.old.setFocus()
