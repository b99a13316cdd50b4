"""How layouts are emptied."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QLayout, QWidget


def clear(layout: QLayout, keep: Collection[QWidget] = ()) -> None:
    """Take everything out of a layout and delete its widgets, but for those to keep."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget not in keep:
            _delete(widget)


def _delete(widget: QWidget) -> None:
    """Hide a widget now and delete it later: it may be one of its own buttons that asked for it.

    It keeps its parent till then. Without one it would be Python's, and end with its last name: inside its own signal.
    """
    widget.hide()
    widget.deleteLater()
