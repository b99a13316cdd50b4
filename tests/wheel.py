"""A turn of the mouse wheel over a widget."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def turn_wheel(over: QWidget) -> QWheelEvent:
    """Turn the wheel by a notch; the event shows whether the widget accepted it, or left it to the page."""
    middle = QPointF(over.rect().center())
    event = QWheelEvent(
        *(middle, over.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    event.ignore()
    QApplication.sendEvent(over, event)
    return event
