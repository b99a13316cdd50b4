"""What the pages about keeping work with: the vault's log, its rosters, and the window's doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.ui.group.retention.section import RetentionSection
from balint_desktop.ui.group.retention.service import RetentionService

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def keeping_desk(owner: Owner) -> RetentionService:
    """Return what keeping reads and does. Raise Trouble VAULT_LOCKED where no vault is open."""
    vault = owner.open_vault()
    return RetentionService(vault.log, vault.rosters.has, owner.undoing, owner.messages)


def build_keeping(owner: Owner) -> RetentionSection:
    """Build the section *Keeping* of a group's page."""
    return RetentionSection(keeping_desk(owner))
