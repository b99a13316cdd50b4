"""Two lists side by side: the coders' codes, and the framework that they are drawn into by key, button or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QListWidgetItem, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step

_DRAGGED = "application/x-balint-code"
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
# In ems: below this, one list is above the other.
_WIDE = 36


class CodersCodeList(UncopiedList):
    """The codes of the coders. Emits `asked` at Ctrl+Enter, `undo_asked` at the undo key."""

    asked = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "framework-theirs", spoken=tr("Codes of the coders"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def mimeTypes(self) -> list[str]:
        return [_DRAGGED]

    def mimeData(self, _items: Sequence[QListWidgetItem]) -> QMimeData:
        # No word of a code, which another program could take.
        data = QMimeData()
        data.setData(_DRAGGED, b"")
        return data

    def event(self, event: QEvent) -> bool:
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit()
        elif undo_step(event) == -1:
            self.undo_asked.emit()
        else:
            super().keyPressEvent(event)


class FrameworkCodeList(UncopiedList):
    """The codes of the framework. Emits `dropped` with the row that a coder's code was dropped on, -1 beside all."""

    dropped = Signal(int)
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "framework-codes", spoken=tr("Codes of the framework"))
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)

    def event(self, event: QEvent) -> bool:
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if undo_step(event) == -1:
            self.undo_asked.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._allow(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._allow(event)

    @staticmethod
    def _allow(event: QDragMoveEvent) -> None:
        event.setAccepted(isinstance(event.source(), CodersCodeList))

    def dropEvent(self, event: QDropEvent) -> None:
        # Nothing is copied by Qt: what is dropped becomes the same as the code here.
        if isinstance(event.source(), CodersCodeList):
            at = self.indexAt(event.position().toPoint())
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.dropped.emit(at.row() if at.isValid() else -1)
        else:
            event.ignore()


class SideBySide(QWidget):
    """Two widgets beside each other, one above the other where that is too narrow."""

    def __init__(self, one: QWidget, other: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._box.addWidget(one, 1)
        self._box.addWidget(other, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE * self.fontMetrics().height() / 1.2
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = across if is_wide else down
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
