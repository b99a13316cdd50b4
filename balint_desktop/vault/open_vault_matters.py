"""Open matters of the vault itself: a disk that takes nothing, and a recovery key that may open nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.trouble import TroubleCode

if TYPE_CHECKING:
    from balint_desktop.vault.vault import OpenVault

_KINDS = {
    TroubleCode.OPEN_FOR_READING_FULL: OpenKind.DISK_FULL,
    TroubleCode.OPEN_FOR_READING_ONLY: OpenKind.DISK_READ_ONLY,
    TroubleCode.RECOVERY_KEY_UNPROVEN: OpenKind.RECOVERY_KEY_UNPROVEN,
    TroubleCode.PASSPHRASE_FILE_UNPROVEN: OpenKind.PASSPHRASE_FILE_UNPROVEN,
}


@dataclass(frozen=True, slots=True)
class VaultMatters:
    """What is to be said of an open vault for as long as it is true."""

    vault: OpenVault

    def open_matters(self, _today: date) -> Sequence[OpenMatter]:
        """Return a matter for each warning of the vault."""
        return tuple(OpenMatter(_KINDS[trouble.code]) for trouble in self.vault.warnings())
