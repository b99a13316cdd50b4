"""Which gate stands before the places: to make a vault, to unlock it, or to bring back keys that a session let go."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from balint_desktop.app import navigation
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.vault_access.unlock_form import Failed, Opened
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault

# What is wanted as soon as the vault is open. Loaded on Qt's thread: PySide watches imports, and not from several.
_WANTED_ONCE_OPEN = (
    *("vault.vault", "vault.log.open_sessions", "vault.open_retention", "domain.group.dates"),
    *("app.today", "ui.locking.auto_lock", "ui.locking.systems"),
)
# Once the page has said that it is opening.
_LOAD_AFTER_MS = 50


class Gates:
    """Shows the gate that is due, and opens the vault with what is typed there."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def show(self) -> None:
        """Show the way to the vault: unlock it, or make one."""
        owner = self._owner
        owner.shell.remove_places()
        if VaultLayout(owner.data.vault).exists():
            self.show_unlock(owner.places.open, tr("The clock alone, without the vault"), owner.places.open)
        else:
            from balint_desktop.app.first_start import show_first_start

            show_first_start(owner)

    def show_unlock(
        self, opened: Callable[[], None], other_words: str = "", other: Callable[[], None] | None = None
    ) -> None:
        """Ask for the passphrase, then go where `opened` leads; `other` leads on without it."""
        from balint_desktop.ui.vault_access.unlock import Unlock

        owner = self._owner
        gate = Unlock(str(owner.data.vault), self.by_passphrase, self.by_key, other_words)

        def on_opened(*, by_key: bool) -> None:
            from balint_desktop.app.redaction import cut_what_was_struck

            opened()
            if owner.vault is not None:
                owner.keys.tell_renewed(owner.vault.take_news_of_renewal())
            cut_what_was_struck(owner)
            if by_key:
                owner.messages.say(
                    tr(
                        "Opened with the recovery key. If the passphrase is lost, set a new one under Settings: "
                        "there the recovery key stands in for the old passphrase."
                    )
                )

        gate.opened.connect(lambda _vault: on_opened(by_key=gate.by_key))
        gate.clock_alone.setVisible(other is not None)
        if other is not None:
            gate.other_asked.connect(other)
        owner.shell.show_gate(gate)

    def may_show(self, key: PlaceKey) -> bool:
        """Ask for the passphrase where the vault is locked, and where recordings are wanted after a session.

        A session lets the keys to the recordings go. While locked, only its room may be seen.
        """
        owner = self._owner
        if owner.handing.is_under_way:
            # Somebody else has the laptop: its page stays, whatever would lead elsewhere.
            return False
        if owner.session.has_room and owner.vault is not None and owner.vault.state is VaultState.LOCKED:
            if key is PlaceKey.SESSION and owner.leading is not None and owner.leading.shows_room:
                return True
            self.show_unlock(owner.locking.unlocked_in_session)
            return False
        if key is not PlaceKey.RECORDINGS or owner.vault is None or owner.vault.state is VaultState.OPEN:
            return True
        self.show_unlock(
            lambda: owner.shell.show_place(key), tr("Back to Today"), lambda: navigation.show_today(owner.shell)
        )
        owner.messages.say(tr("A session lets go of the keys to the recordings. The passphrase brings them back."))
        return False

    def by_passphrase(self, typed: str, done: Opened, failed: Failed) -> None:
        """Open the vault with its passphrase."""
        self._owner.door.by_passphrase(self._take_unless_locked_since())(typed, done, failed)
        # While the passphrase takes its seconds in a child: Today is then loaded when it is wanted.
        QTimer.singleShot(_LOAD_AFTER_MS, _load_today)

    def by_key(self, typed: str, done: Opened, failed: Failed) -> None:
        """Open the vault with its recovery key."""
        self._owner.door.by_key(self._take_unless_locked_since())(typed, done, failed)

    def _take_unless_locked_since(self) -> Callable[[VaultSecret], OpenVault]:
        """Return what takes the vault, unless it was locked since: what was asked before must not open it after."""
        owner = self._owner
        asked_at = owner.locking.times

        def take(secret: VaultSecret) -> OpenVault:
            if owner.locking.times != asked_at:
                raise Trouble(TroubleCode.VAULT_LOCKED)
            return owner.take(secret)

        return take


def _load_today() -> None:
    for name in _WANTED_ONCE_OPEN:
        import_module(f"balint_desktop.{name}")
