"""A column of limited width, for readable lines.

A widget's maximum width is not enough: layouts then compute the height of wrapped text at a width it never gets.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts

READABLE = 860
FIELD = 560


def column_in(page: QWidget, width: int = READABLE, *, centred: bool = False, top: int = 0) -> QVBoxLayout:
    """Give the page one column of limited width, left-aligned or centred, and return the column."""
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
    """Return a container that limits the widget's width."""
    holder = QWidget()
    column_in(holder, width).addWidget(widget)
    return holder
