"""How what is brought in, handed over and backed up gets at an open vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app.recordings_service import shelf_of
from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.recordings.transfer import TransferService

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def carriage_of(owner: Owner) -> TransferService:
    """Return what carries to and from the vault. Raise Trouble VAULT_LOCKED where none is open."""
    vault = owner.open_vault()
    return TransferService(vault, shelf_of(vault), ConvertedSound, owner.clock)
