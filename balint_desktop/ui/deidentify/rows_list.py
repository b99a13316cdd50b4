"""A list of rows of text, one to choose: the words to decide, the notes, the places that were found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from balint_desktop.ui.widgets.naming import named


class RowsList(QListView):
    """Enter, a click or a screen reader chooses a row; `moved` says that another one is current."""

    chosen = Signal(int)
    moved = Signal(int)

    def __init__(self, identifier: str, spoken: str) -> None:
        super().__init__()
        named(self, identifier, spoken=spoken)
        self._model = QStringListModel(self)
        self._is_filling = False
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._selected_last = -1
        self._following = QTimer(self, singleShot=True, interval=0)
        self._following.timeout.connect(self._follow_selection)

    def show_rows(self, rows: Sequence[str], current: int = -1) -> None:
        """Show these rows; what was current stays so unless another one is."""
        at = current if current >= 0 else self.currentIndex().row()
        self._is_filling = True
        before = self._model.stringList()
        if len(before) == len(rows):
            for number, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self._model.setData(self._model.index(number), new)
        else:
            self._model.setStringList(list(rows))
        self._choose(at)
        self._is_filling = False

    def show_current(self, row: int) -> None:
        """Make a row current, without choosing it."""
        self._is_filling = True
        self._choose(row)
        self._is_filling = False

    @property
    def rows(self) -> list[str]:
        """The rows as they are shown."""
        return self._model.stringList()

    def sizeHint(self) -> QSize:
        # What is around decides how high it is; Qt's own hint would make a small page scroll.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        elif (event.text().strip() and event.text().isprintable()) or event.key() in {
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        }:
            # Digits answer, and pages turn; a list would look for a row that begins with one.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        rows = [index.row() for index in selected.indexes()]
        if rows and hasattr(self, "_following"):
            self._selected_last = rows[0]
            if not self._is_filling:
                self.moved.emit(rows[0])
                # The keys and the mouse make a row current after they have selected it.
                self._following.start()

    def _follow_selection(self) -> None:
        index = self._model.index(self._selected_last)
        if index.isValid() and self.selectionModel().isSelected(index) and index != self.currentIndex():
            self.show_current(index.row())
            self.chosen.emit(index.row())

    def _choose(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        else:
            self.clearSelection()
