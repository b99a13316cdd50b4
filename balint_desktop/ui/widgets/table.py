"""The one table: sorts, filters, copies, remembers its columns, opens a row.

Name the `ColumnSpec`s, give `show_rows` rows made with `table_rows.row` (or `show_from` a source that reads a long
list in windows), listen to `opened` for a row's key, and put a `TableBar` above it for typing and the columns' menu.
A table of a few fixed lines `opens` nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QSizePolicy, QTableView

from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.clipboard import copy_mime
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table_cells import CellDelegate
from balint_desktop.ui.widgets.table_columns import TableColumns
from balint_desktop.ui.widgets.table_copy import as_mime
from balint_desktop.ui.widgets.table_memory import TableMemory
from balint_desktop.ui.widgets.table_model import TableModel
from balint_desktop.ui.widgets.table_rows import ColumnSpec, MemoryRows, RowSource, TableRow

__all__ = ["ColumnSpec", "Table", "TableMemory", "TableRow"]

_ROOM_PX = 14
_MAX_LINES = 14
_FEWEST_LINES = 6


class Table(QTableView):
    """A read-only table. Enter, or a double click, opens a row; Ctrl+C copies what is selected, with headings.

    It is as tall as its rows, up to a limit; one that `fills` takes the page's space. One without `opens` can
    still be read, copied and sorted. `arranged` is emitted when the rows or their order change.
    """

    opened = Signal(str)
    arranged = Signal()
    failed = Signal(object)

    def __init__(
        self,
        identifier: str,
        spoken: str,
        columns: Sequence[ColumnSpec],
        memory: TableMemory | None = None,
        *,
        sort_by: str = "",
        descending: bool = False,
        fills: bool = False,
        opens: bool = True,
    ) -> None:
        super().__init__()
        named(self, identifier, spoken=spoken)
        self._fills, self._opens = fills, opens
        self.rows = TableModel(columns, self)
        self.rows.failed.connect(self.failed)
        self.setModel(self.rows)
        self._cells = CellDelegate(self, self.rows)
        self.setItemDelegate(self._cells)
        self._apply_style()
        self.columns = TableColumns(self, self.rows, memory or TableMemory(), sort_by, descending)
        self.columns.sort_asked.connect(self._sort)
        if opens:
            self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._selected_last = -1
        self._following = QTimer(self, singleShot=True, interval=0)
        self._following.timeout.connect(self._follow_selection)
        self._fit()

    def _apply_style(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tall = QSizePolicy.Policy.Expanding if self._fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
        self.verticalHeader().hide()
        # All rows have the same height, so that a long list never has to be measured.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(0)

    # --- contents ---

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows in place of the current ones."""
        self.show_from(MemoryRows(self.rows.columns, rows))

    def show_from(self, rows: RowSource) -> None:
        """Show a source's rows; a read error is emitted by `failed`."""
        self._change(lambda: self.rows.show_from(rows))

    def filter(self, words: str) -> None:
        """Filter to rows that hold all these words, ignoring case and accents."""
        self._change(
            lambda: self.rows.arrange(self.rows.sorted_by, descending=self.rows.descending, words=words),
        )

    def _sort(self, column: str, descending: bool) -> None:
        self._change(lambda: self.rows.arrange(column, descending=descending, words=self.rows.words))

    def _change(self, act: Callable[[], None]) -> None:
        """Change the rows; the current row stays current if it is still there."""
        chosen, place = self.chosen_key(), self.currentIndex().row()
        self._cells.forget()
        try:
            act()
        except Trouble as trouble:
            self.failed.emit(trouble)
        self._fit()
        self.columns.fit_widths()
        if self.rows.rowCount() and self._opens:
            found = self.rows.index_of(chosen)
            self._choose_place(found if found is not None else min(max(0, place), self.rows.rowCount() - 1))
        self.arranged.emit()

    # --- the current row ---

    def chosen_key(self) -> str:
        """Return the current row's key, empty if there is none."""
        row = self.rows.row_at(self.currentIndex().row())
        return row.key if row is not None else ""

    def choose(self, key: str) -> None:
        """Make the row with a key current."""
        place = self.rows.index_of(key)
        if place is not None:
            self._choose_place(place)

    def _choose_place(self, place: int) -> None:
        column = self.columns.first_shown()
        self.setCurrentIndex(self.rows.index(place, column))
        self.selectRow(place)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # A sequence of ranges, which the types of the bindings do not say.
        ranges = cast(Iterable[QItemSelectionRange], selected)
        ends = {place for of in ranges for place in (of.top(), of.bottom())}
        if len(ends) == 1 and hasattr(self, "_following"):
            (self._selected_last,) = ends
            # The keys and the mouse make a row current after they have selected it.
            self._following.start()

    def _follow_selection(self) -> None:
        """Make a row that was selected current: a screen reader only selects it, and what follows is of the current."""
        index = self.rows.index(self._selected_last, self.columns.first_shown())
        is_selected = index.isValid() and self.selectionModel().isSelected(index)
        if is_selected and index.row() != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _open(self, place: int) -> None:
        row = self.rows.row_at(place)
        if row is not None and self._opens:
            self.opened.emit(row.key)

    # --- keys, menu, clipboard ---

    def copy(self) -> None:
        """Copy the selected rows to the clipboard, with columns as arranged; what stays on the screen is left out."""
        shown = [at for at in self.columns.wanted() if self.rows.columns[at].copied]
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [found for found in (self.rows.row_at(place) for place in places) if found is not None]
        if rows:
            words = [[row.cells[at].words for at in shown] for row in rows]
            copy_mime(Door.COPIED_ROWS, as_mime([self.rows.columns[at].heading for at in shown], words))

    def menu(self) -> QMenu:
        """Return the context menu for copying and columns."""
        menu = named(QMenu(self), f"{self.objectName()}-menu", spoken=self.accessibleName())
        copy = menu.addAction(tr("Copy as a table"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self.selectionModel().hasSelection())
        menu.addSeparator()
        self.columns.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move to the first or last row at Home and End, instead of within the row: rows are what is chosen."""
        last = self.rows.rowCount() - 1
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: last}
        if action not in ends or last < 0:
            return super().moveCursor(action, modifiers)
        column = self.currentIndex().column()
        return self.rows.index(ends[action], column if column >= 0 else self.columns.first_shown())

    # --- size ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.columns.fit_widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and hasattr(self, "columns") and self.columns.give_way:
            self.columns.fit_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "columns"):
            self._cells.forget()
            self._fit()
            self.columns.fit_widths()

    def _fit(self) -> None:
        """Fit the height to the rows, up to a limit: then the table scrolls, and the page around it less."""
        line = self.fontMetrics().height() + _ROOM_PX
        self.verticalHeader().setDefaultSectionSize(line)
        head = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        bar = self.horizontalScrollBar().sizeHint().height()
        lines = min(self.rows.rowCount(), _MAX_LINES)
        if self._fills:
            self.setMinimumHeight(head + line * min(max(1, lines), _FEWEST_LINES) + bar)
        else:
            self.setFixedHeight(head + line * lines + bar)
