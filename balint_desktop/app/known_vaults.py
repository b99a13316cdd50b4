"""The vaults that were opened on this computer, and the page that leads to another one.

Two people who code on one laptop have a vault each. The list holds paths alone, no name; it lies in the data folder
that the app was started with, outside every vault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.app.context import AppContext
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.layout import VaultLayout, is_private, looks_synced
from balint_desktop.vault.network_disks import is_on_network

if TYPE_CHECKING:
    from balint_desktop.ui.vault_access.another_vault import AnotherVault

_MOST = 20
_VAULT = "vault"
_NEW = "balint-vault"


class KnownVaults:
    """Data folders with a vault that was opened here, the last one first. A failed write is not reported."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def folders(self) -> tuple[Path, ...]:
        """Return the data folders, whether they are there or not."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))["vaults"]
            return tuple(Path(one) for one in found if isinstance(one, str) and Path(one).is_absolute())[:_MOST]
        except (OSError, *FOREIGN_ERRORS):
            return ()

    def remember(self, root: Path) -> None:
        """Put a data folder first in the list."""
        known = self.folders()
        if known and is_same_folder(known[0], root):
            return
        self._save((root, *(one for one in known if not is_same_folder(one, root))))

    def forget(self, root: Path) -> None:
        """Take a data folder off the list; nothing in it is changed."""
        self._save(tuple(one for one in self.folders() if not is_same_folder(one, root)))

    def _save(self, folders: tuple[Path, ...]) -> None:
        text = json.dumps({"vaults": [str(one) for one in folders[:_MOST]]})
        with suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)


def is_same_folder(one: Path, other: Path) -> bool:
    """Return whether two paths lead to the same folder, by whatever way."""
    with suppress(OSError):
        return one.samefile(other)
    return one == other


def root_with_vault(folder: Path) -> Path:
    """Return the data folder of the vault that a folder holds, or is. Raise Trouble NO_VAULT_IN_FOLDER."""
    with suppress(OSError):
        if VaultLayout(folder / _VAULT).exists():
            return folder
        if folder.name == _VAULT and VaultLayout(folder).exists():
            return folder.parent
    raise Trouble(TroubleCode.NO_VAULT_IN_FOLDER, folder=str(folder))


def root_for_new(folder: Path) -> Path:
    """Return the data folder for a new vault: an empty folder itself, else a new one in it.

    A vault's data folder is made private, which must not happen to one that holds other things. Raise Trouble:
    VAULT_EXISTS, FOLDER_SHARED, NO_VAULT_IN_FOLDER where there is no folder, or the disk's.
    """
    if not folder.is_dir():
        raise Trouble(TroubleCode.NO_VAULT_IN_FOLDER, folder=str(folder))
    if VaultLayout(folder / _VAULT).exists() or VaultLayout(folder).exists():
        raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(folder))
    if looks_synced(folder) or is_on_network(folder) or not is_private(folder):
        raise Trouble(TroubleCode.FOLDER_SHARED, folder=str(folder))
    if not any(folder.iterdir()):
        return folder
    names = (_NEW, *(f"{_NEW}-{number}" for number in range(2, 1000)))
    free = (folder / name for name in names if not (folder / name).exists())
    return next(free, folder / _NEW)


def build_another_vault(context: AppContext, chosen: Callable[[Path], None], back: Callable[[], None]) -> AnotherVault:
    """Build the page that lists the vaults of this computer. `chosen` gets a data folder, `back` leaves the page."""
    from balint_desktop.ui.vault_access.another_vault import AnotherVault, ListedVault

    known, here = KnownVaults(context.vault_list), context.data.root
    # The vault that the app begins with is always there.
    home = context.vault_list.parent

    def listed() -> tuple[ListedVault, ...]:
        others = [one for one in known.folders() if not is_same_folder(one, home)]
        if not any(is_same_folder(one, here) for one in (home, *others)):
            # Not opened yet, as a new one.
            others.insert(0, here)
        return tuple(
            ListedVault(
                one,
                is_here=is_same_folder(one, here),
                is_found=VaultLayout(one / _VAULT).exists(),
                may_be_removed=one is not home,
            )
            for one in (home, *others)
        )

    page = AnotherVault(listed, root_with_vault, root_for_new, known.forget)
    page.chosen.connect(lambda root: back() if is_same_folder(root, here) else chosen(root))
    page.back_asked.connect(back)
    return page
