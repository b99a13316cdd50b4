"""Create a vault aside, and put it in its place once its recovery key was handed over."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import make_private_folder, report_disk_errors
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.opening import place_vault


class VaultCreation:
    """The making of one vault. `aside` is where it is made; only one window or command makes one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.aside = folder.with_name(f"{folder.name}-being-made")
        # Two windows at their first start must not make theirs in the same place.
        self._turn = folder.with_name(f"{folder.name}-being-made.lock")
        self._making = FileLock(self._turn)

    def begin(self) -> None:
        """Keep others from making a vault here, and clear what an earlier try left. Raise Trouble VAULT_IN_USE."""
        make_private_folder(self._folder.parent)
        with report_disk_errors(self._folder):
            taken = self._making.try_acquire()
        if not taken:
            raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(self._folder))
        shutil.rmtree(self.aside, ignore_errors=True)

    def confirm(self) -> None:
        """Put the vault that was made into its place. Raise Trouble VAULT_EXISTS, or what the disk refuses."""
        place_vault(self.aside, self._folder)
        self._end()

    def abandon(self) -> None:
        """Take away what was made, and let others make one."""
        shutil.rmtree(self.aside, ignore_errors=True)
        self._end()

    def require_none(self) -> None:
        """Pass where there is no vault yet. Raise Trouble VAULT_EXISTS."""
        if VaultLayout(self._folder).exists():
            raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(self._folder))

    def _end(self) -> None:
        with contextlib.suppress(OSError):
            self._turn.unlink()
        self._making.release()
