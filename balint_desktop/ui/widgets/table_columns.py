"""Column order, width, visibility and sorting, by mouse or menu, remembered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table_memory import Arranged, TableMemory
from balint_desktop.ui.widgets.table_model import TableModel
from balint_desktop.ui.widgets.table_rows import Room

# Widths are stored in hundredths of a line's height, so that they fit at every text size.
_STEP = 1.25
_LEAST_LINES = 2.0
_MAX_LINES = 22.0


class TableColumns(QObject):
    """The columns of one table."""

    sort_asked = Signal(str, bool)

    def __init__(
        self, table: QTableView, model: TableModel, memory: TableMemory, sort_by: str, descending: bool
    ) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._memory = memory
        self._at_first = (sort_by, descending)
        self._is_arranging = False
        self._widths: dict[str, int] = {}
        # Columns that are out of view for want of room.
        self._away: set[int] = set()
        header = self._header
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.sectionMoved.connect(self._on_moved)
        header.sectionResized.connect(self._on_resized)
        header.sortIndicatorChanged.connect(self._on_sorted)
        self._arrange(memory.arranged(table.objectName()))

    @property
    def _header(self) -> QHeaderView:
        return self._table.horizontalHeader()

    # --- columns ---

    def shown(self) -> list[int]:
        """Return the visible columns, from left to right."""
        header = self._header
        places = (header.logicalIndex(at) for at in range(header.count()))
        return [column for column in places if not header.isSectionHidden(column)]

    def wanted(self) -> list[int]:
        """Return the columns that a person sees or would with more room, from left to right."""
        return [column for column in self._in_order() if not self._is_hidden(column)]

    @property
    def give_way(self) -> bool:
        """Whether some columns shrink or leave where not all fit."""
        return any(column.room is not Room.KEEPS for column in self._model.columns)

    def first_shown(self) -> int:
        """Return the leftmost visible column."""
        return self.shown()[0]

    def fit_widths(self) -> None:
        """Give each column its stored width, or the width of its text."""
        self._is_arranging = True
        for at in self._away:
            self._header.setSectionHidden(at, False)
        self._away.clear()
        line = self._table.fontMetrics().height()
        for at, column in enumerate(self._model.columns):
            if column.key in self._widths:
                self._header.resizeSection(at, round(self._widths[column.key] * line / 100))
            elif not self._header.isSectionHidden(at):
                needed = max(self._header.sectionSizeHint(at), self._table.sizeHintForColumn(at))
                self._header.resizeSection(at, min(needed, round(_MAX_LINES * line)))
        self._make_room()
        self._fit_last()
        self._is_arranging = False

    def _make_room(self) -> None:
        """Let columns leave or shrink, from the right, until the others fit; first those that may leave."""
        if not self.give_way or not self._table.isVisible():
            return
        shown = self.shown()
        for room in (Room.LEAVES, Room.SHRINKS):
            for at in reversed(shown):
                if (lacking := self._lacking()) <= 0 or self._model.columns[at].room is not room:
                    continue
                size, least = self._header.sectionSize(at), self._header.sectionSizeHint(at)
                if room is Room.SHRINKS or size - lacking >= least:
                    self._header.resizeSection(at, max(least, size - lacking))
                else:
                    self._header.setSectionHidden(at, True)
                    self._away.add(at)

    def _lacking(self) -> int:
        """Return how many pixels the columns are wider than the table; what stretches counts as its text needs."""
        last = self.shown()[-1]
        needed = max(self._header.sectionSizeHint(last), self._table.sizeHintForColumn(last))
        return self._header.length() - self._header.sectionSize(last) + needed - self._table.viewport().width()

    def _is_hidden(self, at: int) -> bool:
        return self._header.isSectionHidden(at) and at not in self._away

    def _fit_last(self) -> None:
        """Fit the last column to the table if its heading has room: a long line is elided instead of scrolling."""
        last = self.shown()[-1]
        left = self._table.viewport().width() - (self._header.length() - self._header.sectionSize(last))
        if self._header.sectionSizeHint(last) <= left < self._header.sectionSize(last):
            self._header.resizeSection(last, left)

    # --- the menu ---

    def fill(self, menu: QMenu) -> None:
        """Add the actions of each column, all of them usable by keyboard."""
        for at in self._in_order():
            column = self._model.columns[at]
            of = menu.addMenu(column.heading)
            named(of, f"{self._table.objectName()}-column-{column.key}", spoken=column.heading)
            shows = QAction(tr("Shown"), of)
            shows.setCheckable(True)
            shows.setChecked(not self._is_hidden(at))
            # The last visible column cannot be hidden.
            shows.setEnabled(self._is_hidden(at) or len(self.wanted()) > 1)
            shows.triggered.connect(lambda on, at=at: self.show_column(at, on))
            of.addAction(shows)
            of.addSeparator()
            for words, descending in ((tr("Sort ascending"), False), (tr("Sort descending"), True)):
                self._add_sort(of, words, at, descending)
            of.addSeparator()
            of.addAction(tr("Move to the left"), partial(self.move, at, -1))
            of.addAction(tr("Move to the right"), partial(self.move, at, 1))
            of.addAction(tr("Wider"), partial(self.widen, at, _STEP))
            of.addAction(tr("Narrower"), partial(self.widen, at, 1 / _STEP))
        menu.addSeparator()
        menu.addAction(tr("Reset columns"), self.as_at_first)

    def _add_sort(self, menu: QMenu, words: str, at: int, descending: bool) -> QAction:
        action = QAction(words, menu)
        action.setCheckable(True)
        is_this = self._model.sorted_by == self._model.columns[at].key and self._model.descending is descending
        action.setChecked(is_this)
        action.triggered.connect(lambda _=False: self.sort(at, descending))
        menu.addAction(action)
        return action

    def show_column(self, at: int, on: bool) -> None:
        """Show a column, or hide it."""
        self._away.discard(at)
        self._header.setSectionHidden(at, not on)
        self.fit_widths()
        self._changed()

    def show_temporarily(self, key: str, *, on: bool) -> None:
        """Show a column temporarily, while it has contents; the stored layout does not change."""
        at = [column.key for column in self._model.columns].index(key)
        if self._header.isSectionHidden(at) is not on:
            return
        self._is_arranging = True
        self._header.setSectionHidden(at, not on)
        self.fit_widths()
        self._is_arranging = False

    def sort(self, at: int, descending: bool) -> None:
        """Sort by a column."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(at, order)

    def move(self, at: int, by: int) -> None:
        """Move a column past its visible neighbour."""
        shown = self.shown()
        if at not in shown:
            return
        beside = shown.index(at) + by
        if 0 <= beside < len(shown):
            self._header.moveSection(self._header.visualIndex(at), self._header.visualIndex(shown[beside]))

    def widen(self, at: int, times: float) -> None:
        """Make a column wider or narrower."""
        least = round(self._table.fontMetrics().height() * _LEAST_LINES)
        self._header.resizeSection(at, max(least, round(self._header.sectionSize(at) * times)))

    def as_at_first(self) -> None:
        """Reset the columns to their default layout."""
        self._arrange(Arranged())
        self.fit_widths()
        self.sort_asked.emit(self._model.sorted_by, self._model.descending)
        self._changed()

    # --- storing ---

    def _in_order(self) -> list[int]:
        return [self._header.logicalIndex(at) for at in range(self._header.count())]

    def _arrange(self, arranged: Arranged) -> None:
        self._is_arranging = True
        self._away.clear()
        keys = [column.key for column in self._model.columns]
        wanted = [key for key in arranged.order if key in keys] + [key for key in keys if key not in arranged.order]
        for place, key in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(keys.index(key)), place)
        for at, column in enumerate(self._model.columns):
            is_hidden = not column.shown if arranged.hidden is None else column.key in arranged.hidden
            self._header.setSectionHidden(at, is_hidden)
        if not self.shown():
            self._header.setSectionHidden(0, False)
        self._widths = {key: wide for key, wide in arranged.widths.items() if key in keys}
        by, descending = self._at_first
        if arranged.sorted_by is not None and arranged.sorted_by in keys:
            by, descending = arranged.sorted_by, arranged.descending
        self._model.sorted_by, self._model.descending = by, descending
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(keys.index(by) if by in keys else -1, order)
        self._is_arranging = False

    def _on_moved(self, *_places: int) -> None:
        self._changed()

    def _on_resized(self, at: int, _before: int, now: int) -> None:
        # The last visible column takes the remaining width: not the user's choice.
        if self._is_arranging or now == 0 or at == self.shown()[-1]:
            return
        self._widths[self._model.columns[at].key] = round(100 * now / self._table.fontMetrics().height())
        self._changed()

    def _on_sorted(self, at: int, order: Qt.SortOrder) -> None:
        if self._is_arranging or at < 0:
            return
        self.sort_asked.emit(self._model.columns[at].key, order == Qt.SortOrder.DescendingOrder)
        self._changed()

    def _changed(self) -> None:
        if self._is_arranging:
            return
        keys = [column.key for column in self._model.columns]
        hidden = tuple(key for at, key in enumerate(keys) if self._is_hidden(at))
        self._memory.remember(
            self._table.objectName(),
            Arranged(
                order=tuple(keys[at] for at in self._in_order()),
                hidden=hidden,
                widths=dict(self._widths),
                sorted_by=self._model.sorted_by,
                descending=self._model.descending,
            ),
        )
