"""Layouts without margins, and clearing a layout: margins belong to the page or card around them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

B = TypeVar("B", bound=QBoxLayout)


def column(on: QWidget, spacing: int | None = None) -> QVBoxLayout:
    """Give a widget a column without margins; spacing in pixels, None for the style's default."""
    return _bare(QVBoxLayout(on), spacing)


def row(on: QWidget, spacing: int | None = None) -> QHBoxLayout:
    """Give a widget a row without margins; spacing in pixels, None for the style's default."""
    return _bare(QHBoxLayout(on), spacing)


def grid(on: QWidget) -> QGridLayout:
    """Give a widget a grid without margins."""
    made = QGridLayout(on)
    made.setContentsMargins(0, 0, 0, 0)
    return made


def clear(layout: QLayout, keep: Collection[QWidget] = ()) -> None:
    """Remove everything from a layout and delete its widgets, except those to retain."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget not in keep:
            _delete(widget)


def discard(layout: QLayout, widget: QWidget) -> None:
    """Remove a widget from a layout and delete it."""
    layout.removeWidget(widget)
    _delete(widget)


def _delete(widget: QWidget) -> None:
    """Hide a widget now and delete it later: the caller may be one of its own buttons.

    It keeps its parent until then. Without one, Python would own it and delete it with its last reference, inside
    its own signal.
    """
    widget.hide()
    widget.deleteLater()


def _bare(made: B, spacing: int | None) -> B:
    made.setContentsMargins(0, 0, 0, 0)
    if spacing is not None:
        made.setSpacing(spacing)
    return made
