"""Dependencies of the consents pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.ui.export.save_dialog import Ask
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.log.log import Log


@dataclass(frozen=True, slots=True)
class ConsentDeps:
    """`changed` propagates a changed answer to the room; `destroy` opens the destruction of a recording.

    `print_text` asks for a printer and prints simple HTML; `ask` opens the file dialog.
    """

    log: Log
    messages: Messages
    undoing: UndoStack
    changed: Callable[[GroupId], None]
    destroy: Callable[[RecordingId], None]
    print_text: Callable[[QWidget, str], None]
    ask: Ask
    drafts: Drafts | None = None
