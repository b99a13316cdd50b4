"""What those who build the window may ask of the one that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from balint_desktop.app.gates import Gates
    from balint_desktop.app.handover import Handing
    from balint_desktop.app.keys import Keys
    from balint_desktop.app.locking import Locking
    from balint_desktop.app.places import Places
    from balint_desktop.app.session import OneSession
    from balint_desktop.data_folder import DataFolder
    from balint_desktop.domain.clock import Clock
    from balint_desktop.library.formats import FormatLibrary
    from balint_desktop.library.questionnaires import QuestionnaireLibrary
    from balint_desktop.ui.session.flow import Leading
    from balint_desktop.ui.shell.messages import Messages
    from balint_desktop.ui.shell.preferences import PreferencesFile
    from balint_desktop.ui.shell.shell import Shell
    from balint_desktop.ui.shell.undo import UndoStack
    from balint_desktop.ui.shell.work import Work
    from balint_desktop.ui.theme.theme import Theme
    from balint_desktop.ui.vault_access.door import VaultDoor
    from balint_desktop.ui.widgets.table_memory import TableMemory
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault


class Owner(Protocol):
    """The app, as its builders see it. `vault` is None where none is open, `leading` where no session is led."""

    data: DataFolder
    clock: Clock
    timer_only: bool
    preferences: PreferencesFile
    tables: TableMemory
    theme: Theme
    work: Work
    messages: Messages
    shell: Shell
    undoing: UndoStack
    vault: OpenVault | None
    leading: Leading | None
    gates: Gates
    places: Places
    locking: Locking
    session: OneSession
    handing: Handing
    keys: Keys

    @property
    def door(self) -> VaultDoor:
        """How the vault is made, opened and resealed."""
        ...

    @property
    def formats(self) -> FormatLibrary:
        """The session formats: those that ship with the app, and the user's own."""
        ...

    @property
    def questionnaires(self) -> QuestionnaireLibrary:
        """The questionnaires of the written part."""
        ...

    def take(self, secret: VaultSecret) -> OpenVault:
        """Open the vault with its secret, or give an open one its keys back. Raise Trouble."""
        ...

    def open_vault(self) -> OpenVault:
        """Return the vault. Raise Trouble VAULT_LOCKED where none is open."""
        ...

    def close_vault(self) -> None:
        """Let go of the session that is led, and of the vault."""
        ...

    def drop_leading(self) -> None:
        """Let go of the session that is led."""
        ...
