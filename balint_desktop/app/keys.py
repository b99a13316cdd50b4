"""How an open vault gets a new passphrase or new keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.ui.vault_access.strength import strength_of
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.settings.renewal import Renewing
    from balint_desktop.vault.renewal import Renewed


class Keys:
    """Changes the passphrase, and renews the keys. `changes_passphrase` is true while one is being changed."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self.changes_passphrase = False

    def change_passphrase(
        self, old: str, new: str, done: Callable[[], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Set a new passphrase, and note that in the log, also where the vault is locked meanwhile."""
        owner = self._owner
        vault = owner.open_vault()
        self.changes_passphrase = True

        def ended() -> None:
            self.changes_passphrase = False
            if vault is owner.vault and vault.state is VaultState.LOCKED and not owner.session.has_room:
                # It was locked meanwhile.
                owner.close_vault()

        def changed() -> None:
            try:
                vault.note_passphrase_changed()
            except Trouble as trouble:
                failed(trouble)
            else:
                done()
            ended()

        def not_changed(trouble: Trouble) -> None:
            failed(trouble)
            ended()

        owner.door.change(old, new, changed, not_changed)

    def renewing(self) -> Renewing:
        """Return how Settings renews the keys."""
        from balint_desktop.ui.export.printing import print_recovery_key
        from balint_desktop.ui.settings.renewal import Renewing

        return Renewing(
            prepare=lambda old, new, made, failed: self._owner.door.renew(old, new, made, failed),
            confirm=self.confirm_renewal,
            estimate=strength_of,
            print_key=print_recovery_key,
        )

    def confirm_renewal(self) -> None:
        """Let the new keys hold, and go through the gate: opening seals every recording to them. Raise Trouble."""
        owner = self._owner
        if owner.session.is_running:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        owner.open_vault().confirm_renewal()
        owner.close_vault()
        owner.messages.clear()
        owner.gates.show()
        owner.messages.say(
            tr("The new keys hold from now on. Open the vault with the new passphrase: that finishes renewing them.")
        )

    def tell_renewed(self, renewed: Renewed | None) -> None:
        """Say what came of a renewal that opening the vault has finished."""
        if renewed is not None:
            from balint_desktop.ui.settings.renewal import renewed_words

            self._owner.messages.say(renewed_words(len(renewed.left), len(renewed.rosters_left)))
