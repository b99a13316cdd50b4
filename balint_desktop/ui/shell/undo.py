"""Undo: one key, last act first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages

UNDO_KEY = "Ctrl+Z"
# Enough for a slip and the slip before it; further back nobody remembers what one key would change.
_MOST = 20


class UndoStack(QObject):
    """Acts that can be taken back, the last one first. Cleared with the vault, since an act may hold what it kept.

    `undone` is told after an act was taken back: the window then lets the place in view bring itself up to date.
    """

    changed = Signal()
    undone = Signal()

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._acts: list[tuple[str, Callable[[], None]]] = []

    @property
    def next_words(self) -> str:
        """What would be taken back now, empty where there is nothing."""
        return self._acts[-1][0] if self._acts else ""

    def did(self, words: str, undo: Callable[[], None]) -> None:
        """Tell an act that was done, in a sentence, with what takes it back; `undo` may raise Trouble."""
        self._acts = [*self._acts, (words, undo)][-_MOST:]
        self._messages.say(words, tr("Undo"), self.undo)
        self.changed.emit()

    def undo(self) -> None:
        """Take the last act back. Where that fails it says so, and the act stays as it is."""
        if not self._acts:
            return
        words, undo = self._acts.pop()
        with self._messages.attempt():
            undo()
            self._messages.say(tr("Taken back: {act}").format(act=words))
            self.undone.emit()
        self.changed.emit()

    def forget(self, undo: Callable[[], None]) -> None:
        """Let an act stand for good, and forget what it holds. Whoever calls this takes its message away, too."""
        self._acts = [act for act in self._acts if act[1] is not undo]
        self.changed.emit()

    def clear(self) -> None:
        """Forget every act."""
        self._acts.clear()
        self.changed.emit()
