"""Table model that reads rows a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.table_rows import ColumnSpec, MemoryRows, RowSource, TableRow

_Index = QModelIndex | QPersistentModelIndex
# Rows read at once, more than a screen of them; and how many such windows are cached.
WINDOW = 32
_WINDOWS = 16
# As plain integers: converting the enums for each cell takes longer than painting it.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_OURS = frozenset({_DISPLAY, _ALIGNMENT, int(Qt.ItemDataRole.AccessibleTextRole)})
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


class TableModel(QAbstractTableModel):
    """A read-only model of rows, read as they come into view.

    A row that cannot be read stays empty, and `failed` is emitted with the reason, once until the next arranging.
    """

    failed = Signal(object)

    def __init__(self, columns: Sequence[ColumnSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._sides = [_RIGHT if column.is_number else _LEFT for column in columns]
        self.words = ""
        self.sorted_by = ""
        self.descending = False
        self._rows: RowSource = MemoryRows(columns)
        self._windows: dict[int, Sequence[TableRow]] = {}
        self._count = 0
        self._has_failed = False

    def show_from(self, rows: RowSource) -> None:
        """Show a source's rows, with the current sorting and filter. Raise Trouble."""
        self._rows = rows
        self.arrange(self.sorted_by, descending=self.descending, words=self.words)

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort by a column and filter by words. Raise Trouble."""
        self.beginResetModel()
        self.sorted_by, self.descending, self.words = column, descending, words
        self._windows.clear()
        self._has_failed = False
        self._count = 0
        try:
            self._rows.arrange(column, descending=descending, words=words)
            self._count = self._rows.count()
        finally:
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].key if 0 <= column < len(self.columns) else ""
        try:
            self.arrange(key, descending=order == Qt.SortOrder.DescendingOrder, words=self.words)
        except Trouble as trouble:
            self.failed.emit(trouble)

    def row_at(self, place: int) -> TableRow | None:
        """Return the row at an index, None if there is none."""
        if not 0 <= place < self._count:
            return None
        first = place - place % WINDOW
        if first not in self._windows:
            while len(self._windows) >= _WINDOWS:
                self._windows.pop(next(iter(self._windows)))
            self._windows[first] = self._read(first)
        window = self._windows[first]
        return window[place - first] if place - first < len(window) else None

    def cell(self, place: int, column: int) -> tuple[str, int]:
        """Return a cell's text and alignment."""
        row = self.row_at(place)
        return (row.cells[column].words if row is not None else ""), self._sides[column]

    def _read(self, first: int) -> Sequence[TableRow]:
        try:
            return self._rows.window(first, WINDOW)
        except Trouble as trouble:
            if not self._has_failed:
                self._has_failed = True
                self.failed.emit(trouble)
            return ()

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key."""
        return self._rows.index_of(key) if key else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        # Called some seven times for each painted cell: return early for roles not handled here.
        if role not in _OURS or not index.isValid():
            return None
        at = index.column()
        if role == _ALIGNMENT:
            return self._sides[at]
        row = self.row_at(index.row())
        words = row.cells[at].words if row is not None else ""
        # A screen reader reads one cell at a time, so each includes its heading.
        return words if role == _DISPLAY else f"{self.columns[at].heading}: {words}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].heading
        return self._sides[section] if role == _ALIGNMENT else None
