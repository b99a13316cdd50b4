"""Create a vault aside, and put it in its place once its recovery key was handed over."""

from __future__ import annotations

import contextlib
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import destroy_folder, make_private_folder, report_disk_errors
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.opening import place_vault


class VaultCreation:
    """The creation of one vault in the folder `staging`; only one window or command creates one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.staging = VaultLayout(folder).being_made
        # Two windows at first start must not create theirs in the same place.
        self._lock_path = folder.with_name(f"{folder.name}-being-made.lock")
        self._lock = FileLock(self._lock_path)

    def begin(self) -> None:
        """Take the creation lock and delete what an earlier attempt left. Raise Trouble VAULT_IN_USE."""
        make_private_folder(self._folder.parent)
        with report_disk_errors(self._folder):
            taken = self._lock.try_acquire()
        if not taken:
            raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(self._folder))
        self._discard()

    def confirm(self) -> None:
        """Move the new vault into its place. Raise Trouble VAULT_EXISTS, or the disk's error."""
        place_vault(self.staging, self._folder)
        self._end()

    def abandon(self) -> None:
        """Delete the unfinished vault and release the lock."""
        self._discard()
        self._end()

    def discard_unfinished(self) -> bool:
        """Delete what an earlier attempt left, unless it is being made now; return whether there was anything."""
        if self._lock.is_held or not self.staging.exists():
            return False
        try:
            taken = self._lock.try_acquire()
        except OSError:
            return False
        if taken:
            self.abandon()
        return taken

    def require_none(self) -> None:
        """Check that no vault exists yet. Raise Trouble VAULT_EXISTS."""
        if VaultLayout(self._folder).exists():
            raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(self._folder))

    def _discard(self) -> None:
        # Its passphrase may be chosen again, and opens what is left of it.
        with contextlib.suppress(Trouble):
            destroy_folder(self.staging)

    def _end(self) -> None:
        with contextlib.suppress(OSError):
            self._lock_path.unlink()
        self._lock.release()
