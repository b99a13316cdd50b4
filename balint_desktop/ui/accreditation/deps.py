"""Dependencies of the accreditation sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from balint_desktop.reports.accreditation_service import AccreditationService, Undo
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.table_memory import TableMemory


@dataclass(frozen=True, slots=True)
class AccreditationDeps:
    """Storage of the training record, and access to the window."""

    service: AccreditationService
    undoing: UndoStack
    messages: Messages
    memory: TableMemory
    drafts: Drafts | None = None

    def run_undoable(self, act: Callable[[], Undo], words: str) -> None:
        """Run an undoable action and report it with those words. Raise Trouble."""
        self.undoing.push(words, act())
