"""Open a menu from a button or a key."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


def under(widget: QWidget) -> QPoint:
    """Return where a menu of a button opens, on the screen."""
    return widget.mapToGlobal(QPoint(0, widget.height()))


def open_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a place of the screen, with its first row chosen, so that a key can choose at once."""
    menu.popup(at)
    menu.setActiveAction(menu.actions()[0])
