"""Unlock the vault with a passphrase or recovery key, unless it was locked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext

if TYPE_CHECKING:
    from balint_desktop.ui.vault_access.unlock_form import Failed, Opened
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault


class VaultUnlock(QObject):
    """Opens the vault with its passphrase or its recovery key, unless it was locked while the child unsealed.

    A vault that was locked `in_session` regains its log, but not the keys that open recordings.
    """

    started = Signal()
    """Unlocking with a passphrase has started; it takes seconds, in a child."""
    opened_in_session = Signal(object)
    """The vault is open for a moment within a session, before its keys are dropped again: read what needs them."""

    def __init__(self, context: AppContext, in_session: Callable[[], bool]) -> None:
        super().__init__()
        self._context = context
        self._in_session = in_session

    def by_passphrase(self, typed: str, done: Opened, failed: Failed, asking: QObject) -> None:
        """Open the vault with its passphrase, while the page that asks for it exists."""
        self._context.vault_processes.by_passphrase(self._unlocker())(typed, done, failed, asking)
        self.started.emit()

    def by_key(self, typed: str, done: Opened, failed: Failed, asking: QObject) -> None:
        """Open the vault with its recovery key, while the page that asks for it exists."""
        self._context.vault_processes.by_key(self._unlocker())(typed, done, failed, asking)

    def _unlocker(self) -> Callable[[VaultSecret], OpenVault]:
        take_secret = self._context.vault.unlock_unless_locked_since()

        def unlock_with(secret: VaultSecret) -> OpenVault:
            goes_on = self._context.vault.current is not None and self._in_session()
            vault = take_secret(secret)
            if goes_on:
                self.opened_in_session.emit(vault)
                vault.begin_session()
            return vault

        return unlock_with
