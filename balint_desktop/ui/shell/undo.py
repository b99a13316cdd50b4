"""Undo: one key, last act first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages

UNDO_KEY = "Ctrl+Z"
# Enough for a slip and the one before; nobody remembers further back.
_MAX = 20


class UndoStack(QObject):
    """Actions that can be undone, the last one first. Cleared with the vault, since an action may hold its data.

    `undone` is emitted after an undo: the window then refreshes the current place.
    """

    changed = Signal()
    undone = Signal()

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._actions: list[tuple[str, Callable[[], None]]] = []

    @property
    def next_words(self) -> str:
        """The label of the next undo, empty if there is none."""
        return self._actions[-1][0] if self._actions else ""

    def push(self, words: str, undo: Callable[[], None]) -> None:
        """Push an action with its label and its `undo`, which may raise Trouble."""
        self._actions = [*self._actions, (words, undo)][-_MAX:]
        self._messages.inform(words, tr("Undo"), self.undo)
        self.changed.emit()

    def undo(self) -> None:
        """Undo the last action. Report a failure, and leave the action as it is."""
        if not self._actions:
            return
        words, undo = self._actions.pop()
        with self._messages.attempt():
            undo()
            self._messages.inform(tr("Undone: {act}").format(act=words))
            self.undone.emit()
        self.changed.emit()

    def forget(self, undo: Callable[[], None]) -> None:
        """Remove an action that can no longer be undone. The caller must also clear its message."""
        self._actions = [act for act in self._actions if act[1] is not undo]
        self.changed.emit()

    def clear(self) -> None:
        """Remove every action."""
        self._actions.clear()
        self.changed.emit()
