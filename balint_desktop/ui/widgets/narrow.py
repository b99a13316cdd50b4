"""A column of limited width, for readable lines.

A widget's maximum width is not enough: layouts then compute the height of wrapped text at a width it never gets.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts

# At text of 100 % of the smallest system font: 860 and 560 pixels.
READABLE = 58.6
FIELD = 38.2
_POINTS_AN_INCH = 72


class _Column(QWidget):
    """A widget that is at most so many ems wide, however large its text, beside a margin in pixels."""

    def __init__(self, ems: float, margin: int) -> None:
        super().__init__()
        self._ems, self._margin = ems, margin
        self._limit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._limit()

    def _limit(self) -> None:
        em = QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH
        self.setMaximumWidth(round(self._ems * em) + self._margin)


def column_in(
    page: QWidget, ems: float = READABLE, *, centred: bool = False, top: int = 0, margin: int = 0
) -> QVBoxLayout:
    """Give the page one column of limited width, left-aligned or centred, and return the column."""
    column = _Column(ems, margin)
    row = layouts.row(page, 0)
    row.setContentsMargins(0, top, 0, 0)
    if centred:
        row.addStretch(1)
    row.addWidget(column, 1000)
    row.addStretch(1)
    return layouts.column(column)


def narrow(widget: QWidget, ems: float = FIELD) -> QWidget:
    """Return a container that limits the widget's width."""
    holder = QWidget()
    column_in(holder, ems).addWidget(widget)
    return holder
