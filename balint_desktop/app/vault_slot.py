"""Hold the vault of the data folder: none, open, or locked with its log still open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault


class VaultSlot(QObject):
    """Holds the data folder's one vault between opening and closing. Lives on the main thread."""

    closing = Signal()
    """The vault is about to be closed: release every reference to it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._vault: OpenVault | None = None
        self._locks = 0
        self._holds = 0
        self._close_is_due = False

    @property
    def current(self) -> OpenVault | None:
        """The vault, locked or not; None where none is open."""
        return self._vault

    @property
    def is_open(self) -> bool:
        """Whether the keys that open recordings and names are in memory."""
        return self._vault is not None and self._vault.state is VaultState.OPEN

    @property
    def is_locked(self) -> bool:
        """Whether the keys were dropped and the log stays open."""
        return self._vault is not None and self._vault.state is VaultState.LOCKED

    def open_vault(self) -> OpenVault:
        """Return the vault. Raise Trouble VAULT_LOCKED where none is open."""
        if self._vault is None:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        return self._vault

    # --- opening ---

    def unlock(self, secret: VaultSecret) -> OpenVault:
        """Open the vault with its secret, or restore the keys of an open one. Raise Trouble."""
        from balint_desktop.vault.vault import OpenVault

        if self._vault is None:
            self._vault = OpenVault(self._folder, secret, self._clock)
        else:
            self._vault.unlock(secret)
        self._close_is_due = False
        return self._vault

    def unlock_unless_locked_since(self) -> Callable[[VaultSecret], OpenVault]:
        """Return `unlock` for a secret being typed. Once the vault was locked, it raises Trouble VAULT_LOCKED."""
        locks = self._locks

        def unlock_with(secret: VaultSecret) -> OpenVault:
            if self._locks != locks:
                raise Trouble(TroubleCode.VAULT_LOCKED)
            return self.unlock(secret)

        return unlock_with

    def refuse_pending(self) -> None:
        """Invalidate secrets that were requested before."""
        self._locks += 1

    # --- closing ---

    def keep_log_open(self) -> Callable[[], None]:
        """Keep the log open for an act that ends in it, until the returned callable is called."""
        self._holds += 1

        def release() -> None:
            self._holds -= 1
            if self._close_is_due and not self._holds:
                self.close()

        return release

    def close_once_released(self) -> None:
        """Close the vault; while its log is held, drop the keys at once and close it at the release."""
        if self._vault is not None and self._holds:
            self._vault.lock()
            self._close_is_due = True
        else:
            self.close()

    def close(self) -> None:
        """Close the vault now. Does nothing where none is open."""
        self._close_is_due = False
        if self._vault is not None:
            self.closing.emit()
            self._vault.close()
            self._vault = None
