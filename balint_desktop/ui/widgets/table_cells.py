"""Paint table cells quickly enough for scrolling.

QStyledItemDelegate asks the model seven times for each cell and lays out its text again: twice the time.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from balint_desktop.ui.widgets.table_model import TableModel

# Padding beside the text, by the line height: it scales with the text.
_SIDE = 0.4
_SELECTED = QStyle.StateFlag.State_Selected.value
_REMEMBERED = 2000


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of one table over a TableModel."""

    def __init__(self, table: QTableView, model: TableModel) -> None:
        super().__init__(table)
        self._model = model
        self._side = 0
        self._fits: dict[tuple[str, int], str] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        words, flags = self._model.cell(index.row(), index.column())
        rect, palette = option.rect, option.palette
        if option.state.value & _SELECTED:
            painter.fillRect(rect, palette.brush(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight))
            painter.setPen(palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText))
        else:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
        if words:
            side = self._side = self._side or round(option.fontMetrics.height() * _SIDE)
            inside = rect.adjusted(side, 0, -side, 0)
            painter.drawText(inside, flags, self._fitted(words, inside.width(), option))

    def _fitted(self, words: str, wide: int, option: QStyleOptionViewItem) -> str:
        """Return the text elided to the width, cached; many cells of a table are equal."""
        key = (words, wide)
        fitted = self._fits.get(key)
        if fitted is None:
            if len(self._fits) >= _REMEMBERED:
                self._fits.clear()
            fitted = self._fits[key] = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
        return fitted

    def forget(self) -> None:
        """Clear the cache: the font changed, or the contents must not stay in memory."""
        self._side = 0
        self._fits.clear()
