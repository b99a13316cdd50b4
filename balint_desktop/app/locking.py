"""Lock the window: when, what stays in it, and how a locked room is unlocked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.app.session import SessionHost
from balint_desktop.app.unlock import VaultUnlock
from balint_desktop.domain.locking import idle_minutes
from balint_desktop.ui.locking import clear_secrets
from balint_desktop.ui.shell.shell import PlaceKey, Shell

if TYPE_CHECKING:
    from balint_desktop.ui.locking.auto_lock import AutoLock
    from balint_desktop.ui.locking.watch import Watch
    from balint_desktop.ui.room.unlock_panel import UnlockPanel

_LOCK_AFTER = "lock-after-minutes"


class Locking(QObject):
    """Locks the vault, watches for idle time, and unlocks a room that stayed open."""

    locking = Signal()
    """The vault is about to be locked, in a room too: what needs its keys stops now."""
    locked = Signal()
    """The vault is closed, or will be once its log is released; only the gate may be shown now."""

    def __init__(
        self,
        context: AppContext,
        shell: Shell,
        *,
        session: SessionHost,
        unlock: VaultUnlock,
        awake_s: Callable[[], float],
        make_watch: Callable[[], Watch] | None = None,
    ) -> None:
        super().__init__()
        self._context = context
        self._shell = shell
        self._session = session
        self._unlock = unlock
        self._awake_s = awake_s
        self._make_watch = make_watch

    # --- locking ---

    def lock(self) -> None:
        """Lock the vault. An open room stays in the window, and its clock and recording continue."""
        vault = self._context.vault
        vault.refuse_pending()
        if vault.current is None or vault.is_locked:
            self._forget_what_is_typed()
            return
        self.locking.emit()
        clear_secrets.close_other_windows(self._shell)
        clear_secrets.clear_clipboard()
        self._context.messages.clear()
        self._context.undo.clear()
        if self._session.is_room_open:
            vault.current.lock()
            self.lock_room()
            if not self._session.shows_room or self._shell.current is not PlaceKey.SESSION:
                self._shell.show_place(PlaceKey.SESSION)
        else:
            self.lock_whole()
        clear_secrets.collect_soon()

    def lock_whole(self) -> None:
        """Close the vault, and show only the gate."""
        # First, while the log is open: a place that is left stores what was half typed on it.
        self._shell.close_places()
        self._context.vault.close_once_released()
        self.locked.emit()

    def lock_room(self) -> None:
        """Hide people's data in the room, and close all other places."""
        self._shell.close_places(keep=PlaceKey.SESSION)
        self._session.lock(self._unlock_panel)

    def _forget_what_is_typed(self) -> None:
        """Clear typed passphrases that were not submitted."""
        from balint_desktop.ui.vault_access.unlock_form import UnlockForm

        for form in self._shell.findChildren(UnlockForm):
            form.forget()

    def on_lock_key(self) -> None:
        """Lock; in a locked room, ask for the passphrase."""
        if self._context.vault.is_locked and self._shell.current is PlaceKey.SESSION:
            self._session.ask_to_unlock()
        else:
            self.lock()

    # --- a locked room ---

    def _unlock_panel(self) -> UnlockPanel:
        from balint_desktop.ui.room.unlock_panel import UnlockPanel

        panel = UnlockPanel(self._unlock.by_passphrase, self._unlock.by_key)
        panel.opened.connect(lambda _vault: self.unlocked_in_session())
        return panel

    def unlocked_in_session(self) -> None:
        """Restore the session's page."""
        self.touched()
        self._session.unlock()
        if self._session.flow is not None and not self._session.shows_room:
            self._shell.show_place(PlaceKey.SESSION)

    # --- the watch ---

    @cached_property
    def warden(self) -> AutoLock:
        """The idle watch, created when a vault is first opened."""
        from balint_desktop.ui.locking.auto_lock import AutoLock, AutoLockDeps
        from balint_desktop.ui.locking.systems import watch_for

        watch = (self._make_watch or watch_for)()
        deps = AutoLockDeps(self._context.clock, self._awake_s, watch, self._is_in_use, self.lock)
        return AutoLock(deps, self._shell)

    def watch(self) -> None:
        """Start watching an open vault, with the idle minutes chosen in it."""
        vault = self._context.vault.current
        if vault is not None:
            self.warden.minutes = idle_minutes(vault.log.setting(_LOCK_AFTER))
            self.warden.start()

    def touched(self) -> None:
        """Reset the idle time: the facilitator has just typed the passphrase."""
        self.warden.touched()

    def stop(self) -> None:
        """Stop watching: the window closes."""
        if "warden" in vars(self):
            self.warden.stop()

    def choose_minutes(self, minutes: int) -> None:
        """Set the idle minutes before locking, and save the choice in the vault."""
        self.warden.minutes = minutes
        with self._context.messages.attempt():
            # Where it cannot be saved, the choice applies until the app closes.
            self._context.vault.open_vault().log.set_setting(_LOCK_AFTER, str(minutes))

    def _is_in_use(self) -> bool:
        """Return whether idle time is normal: the window is locked, a session's clock runs, or a recording plays."""
        vault = self._context.vault
        if vault.current is None or vault.is_locked:
            return True
        if self._session.is_room_open:
            return self._session.is_under_way
        place = self._shell.place(self._shell.current) if self._shell.current is not None else None
        return place is not None and place.is_in_use
