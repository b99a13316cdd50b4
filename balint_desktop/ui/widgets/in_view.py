"""Bring what a person has to see into view: a field, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

_FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)


def is_field_beside(widget: QWidget, label: QWidget) -> bool:
    """Return whether a widget is a field to type into or to choose from, on the same page as a label."""
    area = area_around(label)
    return isinstance(widget, _FIELDS) and widget.isVisible() and (area is None or area.isAncestorOf(widget))


def unreadable_beside(label: QWidget) -> QWidget | None:
    """Return the first field on a label's page that says of itself that it cannot be read: a day or a time."""
    area = area_around(label)
    fields = (area or label.window()).findChildren(QLineEdit)
    return next((one for one in fields if one.isVisible() and not getattr(one, "can_be_read", _yes)()), None)


def _yes() -> bool:
    return True


def area_around(widget: QWidget) -> QScrollArea | None:
    """Return the scroll area that a widget is in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def scroll_to(widget: QWidget) -> None:
    """Scroll until a widget and the line around it are in view, if it is in anything that scrolls."""
    area = area_around(widget)
    if area is not None and widget.isVisible():
        area.ensureWidgetVisible(widget, 0, 2 * widget.fontMetrics().height())


def scroll_to_both(below: QWidget, above: QWidget) -> None:
    """Scroll to two widgets close together; where only one fits, to the upper one."""
    scroll_to(below)
    scroll_to(above)


def is_in_view(widget: QWidget) -> bool:
    """Return whether all of a widget is in view: no scroll area hides a part of it."""
    return widget.isVisible() and widget.visibleRegion().boundingRect().size() == widget.size()


def insert_below(field: QWidget, note: QWidget) -> bool:
    """Insert a note into the column that a field stands in; return whether it stands in one."""
    widget = field
    while (around := widget.parentWidget()) is not None and not isinstance(around, QScrollArea):
        layout = around.layout()
        column = _column_of(layout, widget) if layout is not None else None
        if column is not None:
            column.insertWidget(column.indexOf(widget) + 1, note)
            note.show()
            return True
        widget = around
    return False


def _column_of(layout: QLayout, widget: QWidget) -> QBoxLayout | None:
    """Return the column that holds a widget: a layout, or one inside it."""
    is_column = isinstance(layout, QBoxLayout) and layout.direction() is QBoxLayout.Direction.TopToBottom
    if layout.indexOf(widget) >= 0:
        return layout if is_column and isinstance(layout, QBoxLayout) else None
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        found = _column_of(inner, widget) if inner is not None else None
        if found is not None:
            return found
    return None
