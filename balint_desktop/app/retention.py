"""What the pages about keeping work with: the vault's log, its rosters, and the window's doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.ui.group.retention.section import KeepingSection
from balint_desktop.ui.group.retention.service import KeepingDesk

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def keeping_desk(owner: Owner) -> KeepingDesk:
    """Return what keeping reads and does. Raise Trouble VAULT_LOCKED where no vault is open."""
    vault = owner.open_vault()
    return KeepingDesk(vault.log, vault.rosters.has, owner.undoing, owner.messages)


def build_keeping(owner: Owner) -> KeepingSection:
    """Build the section *Keeping* of a group's page."""
    return KeepingSection(keeping_desk(owner))
