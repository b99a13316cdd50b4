"""Change the passphrase of an open vault, and renew its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr

if TYPE_CHECKING:
    from balint_desktop.ui.settings.renewal import Renewing


class KeyChanges(QObject):
    """Changes the passphrase, and renews the keys."""

    renewal_confirmed = Signal()
    """The new keys are active and the vault is closed; opening it finishes the renewal."""

    def __init__(self, context: AppContext, session_runs: Callable[[], bool]) -> None:
        super().__init__()
        self._context = context
        self._session_runs = session_runs

    def change_passphrase(
        self, old: str, new: str, done: Callable[[], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Set a new passphrase, and record that in the log, also where the vault is locked meanwhile."""
        vault = self._context.vault.open_vault()
        release = self._context.vault.keep_log_open()

        def changed() -> None:
            try:
                vault.note_passphrase_changed()
            except Trouble as trouble:
                failed(trouble)
            else:
                done()
            release()

        def not_changed(trouble: Trouble) -> None:
            failed(trouble)
            release()

        # Runs independently of the page: the log must record the change even where that page has closed.
        self._context.vault_processes.change(old, new, changed, not_changed, self)

    def reseal(self, typed: str, done: Callable[[], None], failed: Callable[[Trouble], None]) -> None:
        """Seal the vault again with the passphrase it has."""
        self._context.vault_processes.reseal(typed, done, failed, self)

    def renewing(self) -> Renewing:
        """Return the key renewal for Settings."""
        from balint_desktop.ui.export.printing import print_recovery_key
        from balint_desktop.ui.settings.renewal import Renewing
        from balint_desktop.ui.vault_access.strength import strength_words

        return Renewing(
            prepare=lambda old, new, made, failed: self._context.vault_processes.renew(old, new, made, failed, self),
            confirm=self.confirm_renewal,
            estimate=strength_words,
            print_key=print_recovery_key,
        )

    def confirm_renewal(self) -> None:
        """Activate the new keys, and close the vault: opening it seals every recording to them. Raise Trouble."""
        if self._session_runs():
            raise Trouble(TroubleCode.VAULT_LOCKED)
        self._context.vault.open_vault().confirm_renewal()
        self._context.vault.close()
        self._context.messages.clear()
        self.renewal_confirmed.emit()
        self._context.messages.inform(tr("Your new keys are ready. Unlock with the new passphrase to finish."))

    def report_opening(self) -> None:
        """Report what opening the vault found, and once the result of a renewal that it has finished."""
        vault = self._context.vault.current
        for trouble in vault.warnings() if vault is not None else ():
            self._context.messages.trouble(trouble)
        renewed = vault.pop_renewed() if vault is not None else None
        if renewed is not None:
            from balint_desktop.ui.settings.renewal import renewed_words

            left = (len(renewed.left), len(renewed.rosters_left), len(renewed.studies_left))
            self._context.messages.inform(renewed_words(*left))
