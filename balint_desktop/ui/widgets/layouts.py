"""Layouts without margins, and clearing a layout: margins belong to the page or card around them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

B = TypeVar("B", bound=QBoxLayout)


def column(on: QWidget, spacing: int | None = None) -> QVBoxLayout:
    """Give a widget a column without margins; spacing in pixels, the style's own where none is given."""
    return _bare(QVBoxLayout(on), spacing)


def row(on: QWidget, spacing: int | None = None) -> QHBoxLayout:
    """Give a widget a row without margins; spacing in pixels, the style's own where none is given."""
    return _bare(QHBoxLayout(on), spacing)


def grid(on: QWidget) -> QGridLayout:
    """Give a widget a grid without margins."""
    made = QGridLayout(on)
    made.setContentsMargins(0, 0, 0, 0)
    return made


def clear(layout: QLayout, keep: Collection[QWidget] = ()) -> None:
    """Take everything out of a layout and delete its widgets, but for those to keep."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget not in keep:
            _delete(widget)


def discard(layout: QLayout, widget: QWidget) -> None:
    """Take one widget out of a layout and delete it."""
    layout.removeWidget(widget)
    _delete(widget)


def _delete(widget: QWidget) -> None:
    """Hide a widget now and delete it later: it may be one of its own buttons that asked for it.

    It keeps its parent till then. Without one it would be Python's, and end with its last name: inside its own signal.
    """
    widget.hide()
    widget.deleteLater()


def _bare(made: B, spacing: int | None) -> B:
    made.setContentsMargins(0, 0, 0, 0)
    if spacing is not None:
        made.setSpacing(spacing)
    return made
