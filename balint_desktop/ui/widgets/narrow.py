"""A column of limited width, for readable lines.

A widget's own maximum width will not do: layouts then reckon the height of wrapped text at a width it never gets.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts

READABLE = 860
FIELD = 560


def column_in(page: QWidget, width: int = READABLE, *, centred: bool = False, top: int = 0) -> QVBoxLayout:
    """Give the page one column of at most that width, at its left or in its middle, and return the column."""
    column = QWidget()
    column.setMaximumWidth(width)
    row = layouts.row(page, 0)
    row.setContentsMargins(0, top, 0, 0)
    if centred:
        row.addStretch(1)
    row.addWidget(column, 1000)
    row.addStretch(1)
    return layouts.column(column)


def narrow(widget: QWidget, width: int = FIELD) -> QWidget:
    """Return a holder in which the widget is at most that wide."""
    holder = QWidget()
    column_in(holder, width).addWidget(widget)
    return holder
