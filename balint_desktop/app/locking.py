"""When the window locks, what locking leaves in it, and how a locked room is unlocked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from balint_desktop.domain.locking import idle_minutes
from balint_desktop.ui.locking import clear_secrets
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.locking.auto_lock import AutoLock
    from balint_desktop.ui.locking.watch import Watch
    from balint_desktop.ui.room.unlock_panel import UnlockPanel

_LOCK_AFTER = "lock-after-minutes"


class Locking:
    """Locks the vault, watches for when to, and unlocks a room that stayed.

    `times` counts the times of locking: what was asked before one must not open the vault after it.
    """

    def __init__(
        self, owner: Owner, awake_s: Callable[[], float], make_watch: Callable[[], Watch] | None = None
    ) -> None:
        self._owner = owner
        self._awake_s = awake_s
        self._make_watch = make_watch
        self.times = 0

    # --- locking ---

    def lock(self) -> None:
        """Lock the vault. An open room stays in the window, and its clock and recording go on."""
        owner = self._owner
        self.times += 1
        if owner.vault is None or owner.vault.state is VaultState.LOCKED:
            self._forget_what_is_typed()
        else:
            clear_secrets.close_other_windows(owner.shell)
            clear_secrets.clear_clipboard()
            owner.messages.clear()
            owner.undoing.clear()
            if owner.session.has_room:
                self._lock_around_room()
            else:
                self.lock_whole()
            clear_secrets.collect_soon()

    def lock_whole(self) -> None:
        """Close the vault and show the gate."""
        owner = self._owner
        if owner.vault is not None and owner.keys.changes_passphrase:
            # The log stays open for the moment until the change is noted there; the keys are gone at once.
            owner.vault.lock()
        else:
            owner.close_vault()
        owner.gates.show()

    def _lock_around_room(self) -> None:
        owner = self._owner
        if owner.vault is None or owner.leading is None:
            return
        owner.vault.lock()
        self.lock_room()
        if not owner.leading.shows_room or owner.shell.current is not PlaceKey.SESSION:
            owner.shell.show_place(PlaceKey.SESSION)

    def lock_room(self) -> None:
        """Hold back what the room shows of people, and close all other places."""
        owner = self._owner
        owner.shell.close_places(keep=PlaceKey.SESSION)
        if owner.leading is not None:
            owner.leading.lock(self._unlock_panel)

    def _forget_what_is_typed(self) -> None:
        """Forget a passphrase that was typed where it is asked for, and not used yet."""
        from balint_desktop.ui.vault_access.unlock_form import UnlockForm

        for form in self._owner.shell.findChildren(UnlockForm):
            form.forget()

    def on_lock_key(self) -> None:
        """Lock; in a room that is locked, ask for the passphrase."""
        owner = self._owner
        if owner.handing.is_under_way:
            self._forget_what_is_typed()
        elif owner.vault is not None and owner.vault.state is VaultState.LOCKED and owner.leading is not None:
            owner.leading.ask_to_unlock()
        else:
            self.lock()

    # --- a locked room ---

    def _unlock_panel(self) -> UnlockPanel:
        from balint_desktop.ui.room.unlock_panel import UnlockPanel

        panel = UnlockPanel(self._owner.gates.by_passphrase, self._owner.gates.by_key)
        panel.opened.connect(lambda _vault: self.unlocked_in_session())
        return panel

    def unlocked_in_session(self) -> None:
        """Bring back the session's page as it was."""
        owner = self._owner
        self.warden.touched()
        if owner.leading is not None:
            owner.leading.unlock()
            if not owner.leading.shows_room:
                owner.shell.show_place(PlaceKey.SESSION)

    # --- the watch ---

    @cached_property
    def warden(self) -> AutoLock:
        """Who watches, made when a vault is first open."""
        from balint_desktop.ui.locking.auto_lock import AutoLock, AutoLockDeps
        from balint_desktop.ui.locking.systems import watch_for

        owner = self._owner
        watch = (self._make_watch or watch_for)()
        return AutoLock(AutoLockDeps(owner.clock, self._awake_s, watch, self._is_in_use, self.lock), owner.shell)

    def watch(self) -> None:
        """Watch over an open vault from here on, for the idle minutes that were chosen in it."""
        vault = self._owner.vault
        if vault is not None:
            self.warden.minutes = idle_minutes(vault.log.setting(_LOCK_AFTER))
            self.warden.start()

    def stop(self) -> None:
        """Watch no more: the window closes."""
        if "warden" in vars(self):
            self.warden.stop()

    def choose_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes, and keep the choice in the vault."""
        self.warden.minutes = minutes
        with self._owner.messages.attempt():
            # Where it cannot be kept, the choice holds for today.
            self._owner.open_vault().log.set_setting(_LOCK_AFTER, str(minutes))

    def _is_in_use(self) -> bool:
        """Tell whether nobody needs to touch the window: it is locked, a session's clock runs, or a recording plays."""
        owner = self._owner
        if owner.vault is None or owner.vault.state is VaultState.LOCKED:
            return True
        if owner.leading is not None and owner.leading.has_room:
            return owner.leading.is_under_way
        place = owner.shell.place(owner.shell.current) if owner.shell.current is not None else None
        return place is not None and place.is_in_use
