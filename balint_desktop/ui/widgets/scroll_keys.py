"""Keys that scroll a part of a page, wherever in it the focus is; none of them moves the focus out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from balint_desktop.ui.widgets.page_area import PageArea

_STEPS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
# A button would move the focus by these.
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


class ScrolledByKeys(QWidget):
    """A part that its `area` scrolls: by the arrows, the page keys, Home, End and, off a button, Space."""

    area: PageArea

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None
        if step is None:
            super().keyPressEvent(event)
        else:
            # Also where all of it is in view: passed on, the key would act on what is around.
            self.area.verticalScrollBar().triggerAction(step)


def leaves_to_scrolling(widget: QWidget, event: QKeyEvent) -> bool:
    """Leave an arrow key to the part around a widget that it scrolls; return whether there is one."""
    if event.key() not in _ARROWS or event.modifiers() not in _PLAIN:
        return False
    around = widget.parentWidget()
    while around is not None and not isinstance(around, ScrolledByKeys):
        around = around.parentWidget()
    if around is None:
        return False
    event.ignore()
    return True
