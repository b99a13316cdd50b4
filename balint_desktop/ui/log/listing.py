"""A small read-only table for short lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from balint_desktop.ui.widgets.naming import named

_Index = QModelIndex | QPersistentModelIndex
_ROOM_PX = 14


class RowsModel(QAbstractTableModel):
    """Rows of words under headings. Nothing in it can be changed from the window."""

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows in place of the ones before."""
        self.beginResetModel()
        self._rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        words = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # A screen reader hears one cell at a time, so each says what it is.
            return f"{self._headings[index.column()]}: {words}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._headings[section]


class ListTable(QTableView):
    """A table as tall as its rows, one chosen row at a time. Enter, or a double click, opens the row.

    A table that `opens` nothing is only read: no row of it is chosen.
    """

    opened = Signal(int)

    def __init__(
        self,
        identifier: str,
        spoken: str,
        headings: Sequence[str],
        *,
        opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, identifier, spoken=spoken)
        self._opens = opens
        self.rows = RowsModel(headings, self)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if opens else modes.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the first is chosen, so that the keys have somewhere to start."""
        chosen = max(0, self.currentIndex().row())
        self.rows.show_rows(rows)
        self._fit()
        if rows and self._opens:
            self.selectRow(min(chosen, len(rows) - 1))

    def chosen(self) -> int | None:
        """Return the chosen row."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the rows are: the page scrolls, not the table in the page."""
        line = self.fontMetrics().height() + _ROOM_PX
        self.verticalHeader().setDefaultSectionSize(line)
        tall = self.horizontalHeader().sizeHint().height() + line * self.rows.rowCount() + 2 * self.frameWidth()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(tall + bar)
