"""Helpers for accessibility tests: names, tab order, reachability and clipping of widgets."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QRadioButton, QScrollArea, QWidget

# Containers, and elements that are only looked at, may have no name.
_SILENT = {
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Grouping,
    QAccessible.Role.Border,
    QAccessible.Role.Separator,
    QAccessible.Role.Window,
    QAccessible.Role.ScrollBar,
    QAccessible.Role.LayeredPane,
    QAccessible.Role.Splitter,
}


def interfaces(widget: QWidget):
    """Yield every visible accessible interface in the widget."""
    todo = [QAccessible.queryAccessibleInterface(widget)]
    while todo:
        one = todo.pop()
        if one is None or one.state().invisible:
            continue
        yield one
        todo.extend(one.child(i) for i in range(one.childCount()))


def nameless(widget: QWidget) -> list[str]:
    """Return the unnamed elements of the widget, described for a failing test."""
    found = []
    for one in interfaces(widget):
        is_silent = one.role() in _SILENT and not one.state().focusable
        if is_silent or one.text(QAccessible.Text.Name).strip():
            continue
        thing = one.object()
        if isinstance(thing, QLabel) and not thing.text():
            continue
        found.append(f"{one.role()} {type(thing).__name__} {thing.objectName() if thing else ''}")
    return found


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return the widgets in the tab order, in that order."""
    stops, widget = [], window
    while True:
        widget = widget.nextInFocusChain()
        if widget is window or widget is None:
            return stops
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes_tab and widget.isVisibleTo(window) and widget.isEnabled() and window.isAncestorOf(widget):
            stops.append(widget)


def out_of_reading_order(window: QWidget) -> list[str]:
    """Return each pair of tab stops where the second is clearly above the first, in the same column or page."""
    found = []
    for before, after in pairwise(tab_stops(window)):
        a = before.mapTo(window, QPoint(0, 0))
        b = after.mapTo(window, QPoint(0, 0))
        goes_up = b.y() + after.height() <= a.y()
        goes_left = b.x() + after.width() <= a.x() and abs(b.y() - a.y()) < min(before.height(), after.height()) / 2
        same_column = b.x() < a.x() + before.width() and a.x() < b.x() + after.width()
        if (goes_up and same_column) or goes_left:
            found.append(f"{before.objectName()} → {after.objectName()}")
    return found


def unreachable(window: QWidget) -> list[str]:
    """Return the buttons that cannot be reached by keyboard: neither a tab stop nor with a shortcut."""
    stops = set(tab_stops(window))
    # only one of an exclusive group is a tab stop; the arrow keys move on from there
    stops |= {b for s in stops if isinstance(s, QRadioButton) and s.group() for b in s.group().buttons()}
    return [
        b.objectName()
        for b in window.findChildren(QAbstractButton)
        if b.isVisibleTo(window)
        and b.isEnabled()
        and b not in stops
        and b.shortcut().isEmpty()
        and b.objectName()
        and not b.objectName().startswith("qt_")
    ]


def cut(window: QWidget) -> list[str]:
    """Return the widgets that do not fit into their place and cannot be scrolled to."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if widget.window() is not window.window():
            # A popup over it, which is a window of its own.
            continue
        needed = (
            widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.minimumSizeHint().height()
        )
        if widget.height() + 1 < needed or widget.width() + 1 < widget.minimumSizeHint().width():
            found.append(f"{widget.objectName() or widget.text()!r} has {widget.size().toTuple()}, needs more")
        if not _inside(widget, window):
            found.append(f"{widget.objectName() or widget.text()!r} lies outside")
    return found


def _inside(widget: QWidget, window: QWidget) -> bool:
    """Return whether the widget is inside the window, or inside something that scrolls to it."""
    inner, outer = widget, widget.parentWidget()
    while outer is not None and inner is not window:
        area = outer.parentWidget() if isinstance(outer.parentWidget(), QAbstractScrollArea) else None
        if isinstance(area, QScrollArea) and outer is area.viewport():
            # scrolling content may be longer than its view, but never wider than can be scrolled
            return _inside(area, window) if area is not window else True
        corner = inner.mapTo(outer, QPoint(0, 0))
        if corner.x() < 0 or corner.y() < 0:
            return False
        if corner.x() + inner.width() > outer.width() + 1 or corner.y() + inner.height() > outer.height() + 1:
            return False
        inner, outer = outer, outer.parentWidget()
    return True
