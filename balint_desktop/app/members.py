"""What the section *Members* of a group's page works with: the vault's members and names, and the way to its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from balint_desktop.app import navigation
from balint_desktop.i18n import tr
from balint_desktop.ui.group.members.section import MembersSection
from balint_desktop.ui.group.members.service import MembersService
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys that a session lets go of, and the gate that brings them back."""

    owner: Owner

    def are_held(self) -> bool:
        """Tell whether names can be read now."""
        vault = self.owner.vault
        return vault is not None and vault.state is VaultState.OPEN

    def ask(self) -> None:
        """Ask for the passphrase, and come back to the group."""
        owner = self.owner
        owner.gates.show_unlock(
            lambda: owner.shell.show_place(PlaceKey.GROUPS),
            tr("Back to Today"),
            lambda: navigation.show_today(owner.shell),
        )
        owner.messages.say(tr("A session lets go of the keys to the names. The passphrase brings them back."))


def build_members(owner: Owner) -> MembersSection:
    """Build the section."""
    vault = owner.open_vault()
    desk = MembersService(
        vault.members, vault.rosters, _Keys(owner), owner.messages, owner.undoing, vault.log.consents.today
    )
    return MembersSection(desk, owner.work)
