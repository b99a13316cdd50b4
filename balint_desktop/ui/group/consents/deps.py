"""Dependencies of the consents pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.study.withdrawal import Withdrawal
from balint_desktop.domain.transcript.word_removal import RemovableTurns
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.ui.export.name_gate import PassNames
from balint_desktop.ui.export.save_dialog import Ask
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.transcripts import RemovableWords


class TranscriptWords(Protocol):
    """What a withdrawal does in the transcript of a recording."""

    def removable(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableWords | None:
        """Return what there is to remove, None without a transcript. Raise Trouble."""
        ...

    def remove_words(self, withdrawal: Withdrawal, recording: RecordingId) -> RemovableTurns:
        """Remove the words of the person who withdrew for good. Raise Trouble.

        Return what was theirs, and the turns without a single known speaker.
        """
        ...

    def has_only_text(self, recording: RecordingId) -> bool:
        """Return whether texts are all there is of a recording."""
        ...

    def destroy_texts(self, recording: RecordingId, reason: str) -> None:
        """Destroy all texts of a recording without sound for good. Raise Trouble."""
        ...

    def delete(self, recording: RecordingId) -> None:
        """Delete a transcript for good. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class ConsentDeps:
    """`changed` propagates a changed answer to the room.

    `destroy` opens the destruction of a recording, and `open_transcript` its transcript.

    `labels` returns what stands for a group's people in files. `print_text` asks for a printer and prints simple HTML;
    `ask` opens the file dialog; `pass_names` asks the gate of names about what is to leave.
    """

    log: Log
    messages: Messages
    undoing: UndoStack
    changed: Callable[[GroupId], None]
    destroy: Callable[[RecordingId], None]
    open_transcript: Callable[[RecordingId], None]
    print_text: Callable[[QWidget, str], None]
    ask: Ask
    pass_names: PassNames
    transcripts: TranscriptWords
    labels: Callable[[GroupId], OutsideLabels]
    drafts: Drafts | None = None
