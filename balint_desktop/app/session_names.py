"""Names within a session: its keys are dropped, so reading a roster asks for the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.vault_slot import VaultSlot
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.domain.group.roster import Roster
    from balint_desktop.vault.vault import OpenVault


class SessionNames(QObject):
    """Reads the roster that a page asked for, once, as soon as the vault is open."""

    keys_asked = Signal()
    """A roster is to be read, and needs the passphrase."""

    def __init__(self, vault: VaultSlot) -> None:
        super().__init__()
        self._vault = vault
        self._asked: tuple[GroupId, Callable[[Roster], None]] | None = None

    def of_group(self, group: GroupId) -> GroupNames:
        """Return access to the names of a group."""
        return GroupNames(self, group)

    @property
    def vault(self) -> OpenVault:
        """The vault. Raise Trouble VAULT_LOCKED where none is open."""
        return self._vault.open_vault()

    def ask(self, group: GroupId, shown: Callable[[Roster], None]) -> None:
        """Read a roster, now or after the passphrase. A later request replaces an earlier one. Raise Trouble."""
        self._asked = (group, shown)
        if self._vault.is_open:
            self.on_open(self.vault)
        else:
            self.keys_asked.emit()

    def forget(self) -> None:
        """Drop what was asked for: the passphrase was not entered."""
        self._asked = None

    def on_open(self, vault: OpenVault) -> None:
        """Read the roster that was asked for. Raise Trouble."""
        asked, self._asked = self._asked, None
        if asked is not None:
            group, shown = asked
            shown(vault.rosters.read(group))


@dataclass(frozen=True, slots=True)
class GroupNames:
    """The names of one group, for a page of its session (`ui/widgets/names_source.py`)."""

    names: SessionNames
    group: GroupId

    def exist(self) -> bool:
        """Return whether the group has a roster."""
        return self.names.vault.rosters.has(self.group)

    def can_read(self) -> bool:
        """Return whether the names can be read without the passphrase."""
        return self.names.vault.state is VaultState.OPEN

    def read(self, shown: Callable[[Roster], None]) -> None:
        """Call `shown` with the names, after asking for the passphrase where it is needed. Raise Trouble."""
        self.names.ask(self.group, shown)

    def in_note(self, text: str) -> tuple[str, ...]:
        """Return the words of a note that name a member; none while the names are locked."""
        return self.names.vault.rosters.names_in(self.group, text)
