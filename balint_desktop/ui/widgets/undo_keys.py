"""The keys that undo and redo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


def undo_step(event: QKeyEvent) -> int | None:
    """Return -1 for the key that undoes, 1 for those that redo, None for any other."""
    standard = QKeySequence.StandardKey
    if event.matches(standard.Undo):
        return -1
    is_redo = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return 1 if is_redo or event.matches(standard.Redo) else None


def takes_undo(event: QEvent) -> bool:
    """Claim a key that undoes or redoes before the window does, which knows other acts; return whether it is one."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride or undo_step(event) is None:
        return False
    event.accept()
    return True
