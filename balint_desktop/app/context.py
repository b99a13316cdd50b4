"""AppContext: the services that controllers and places share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from balint_desktop.app.vault_slot import VaultSlot
    from balint_desktop.data_folder import DataFolder
    from balint_desktop.domain.clock import Clock
    from balint_desktop.library.formats import FormatLibrary
    from balint_desktop.library.questionnaires import QuestionnaireLibrary
    from balint_desktop.ui.shell.language import WindowLanguage
    from balint_desktop.ui.shell.messages import Messages
    from balint_desktop.ui.shell.preferences import PreferencesFile
    from balint_desktop.ui.shell.undo import UndoStack
    from balint_desktop.ui.shell.work import Work
    from balint_desktop.ui.theme.theme import Theme
    from balint_desktop.ui.vault_access.vault_processes import VaultProcesses
    from balint_desktop.ui.widgets.table_memory import TableMemory


@dataclass(frozen=True)
class AppContext:
    """Shared services: nothing here knows a place, a gate or a session. What the first paint does not need is lazy."""

    data: DataFolder
    clock: Clock
    preferences: PreferencesFile
    tables: TableMemory
    theme: Theme
    language: WindowLanguage
    work: Work
    messages: Messages
    undo: UndoStack
    vault: VaultSlot
    vault_list: Path
    """The file that remembers the vaults of this computer, in the data folder that the app was started with."""

    @cached_property
    def vault_processes(self) -> VaultProcesses:
        """The child process that creates, unseals and reseals the vault."""
        from balint_desktop.ui.vault_access.vault_processes import VaultProcesses

        return VaultProcesses(self.data.vault, self.work)

    @cached_property
    def formats(self) -> FormatLibrary:
        """The session formats: shipped and the user's own."""
        from balint_desktop.library.formats import FormatLibrary, shipped_bank

        return FormatLibrary(self.data.formats, shipped_bank())

    @cached_property
    def questionnaires(self) -> QuestionnaireLibrary:
        """The questionnaires of the written part: shipped and the user's own."""
        from balint_desktop.library.questionnaires import QuestionnaireLibrary

        return QuestionnaireLibrary(self.data.questionnaires)
