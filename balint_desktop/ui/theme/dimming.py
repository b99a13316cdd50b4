"""Dim what is in view, and only that: a new style sheet for the application would restyle every page there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from balint_desktop.ui.theme.colours import DIM
from balint_desktop.ui.theme.style_sheet import colours_alone, style_sheet
from balint_desktop.ui.theme.type_sizes import TypeSizes


class Dimming(QObject):
    """Lays a sheet of dim colours over the visible widgets, and over others once they are shown.

    Containers get a palette alone, so that their hidden children cost nothing: under a style sheet Qt hands a palette
    on to no child.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._dimmed: list[QWidget] = []
        self._containers: list[QWidget] = []
        self.is_on = False

    def set_on(self, on: bool) -> None:
        """Dim the visible windows, or restore them."""
        if on == self.is_on:
            return
        self.is_on = on
        if on:
            for window in self._app.topLevelWidgets():
                if window.isVisible():
                    self._dim(window)
            # On the application for as long as it is dimmed: a panel may open that was hidden until now.
            self._app.installEventFilter(self)
        else:
            self._app.removeEventFilter(self)
            for container in filter(shiboken6.isValid, self._containers):
                container.setPalette(QPalette())
            for widget in filter(shiboken6.isValid, self._dimmed):
                widget.setStyleSheet("")
            self._dimmed.clear()
            self._containers.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Sent to the one widget that was asked to show itself, not to its children.
        if event.type() == QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            self._dim(watched)
        return False

    def _dim(self, widget: QWidget) -> None:
        if any(above.styleSheet() for above in _upwards(widget)):
            return
        below, _hides = self._split(widget)
        for one in below:
            one.setStyleSheet(_sheet(frozenset(_classes(one))))
        self._dimmed += below

    def _split(self, widget: QWidget) -> tuple[list[QWidget], bool]:
        """Return the highest widgets from this one down that hide nothing, and whether this one does.

        One that the sheet itself paints, such as a card, counts as a whole. A container that hides something gets its
        palette on the way.
        """
        children = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow()]
        if widget.property("kind") is not None or not children:
            return [widget], False
        shown = [self._split(child) for child in children if not child.isHidden()]
        if len(shown) == len(children) and not any(hides for _below, hides in shown):
            return [widget], False
        widget.setPalette(self._app.palette())
        self._containers.append(widget)
        return [one for below, _hides in shown for one in below], True


def _upwards(widget: QWidget) -> Iterator[QWidget]:
    above: QWidget | None = widget
    while above is not None:
        yield above
        above = above.parentWidget()


def _classes(widget: QWidget) -> Iterator[str]:
    """Yield the names of the classes that a widget and its children belong to."""
    for kind in {type(widget), *map(type, widget.findChildren(QWidget))}:
        yield from (one.__name__ for one in kind.__mro__)


@lru_cache(maxsize=64)
def _sheet(classes: frozenset[str]) -> str:
    """Return the dim colours of these classes: a sheet is parsed anew for each widget that it is laid on."""
    # Of any size, since only its colours are used.
    return colours_alone(style_sheet(DIM, TypeSizes(10.0)), classes)
