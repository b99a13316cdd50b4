"""A scroll area for pages whose rows wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from balint_desktop.ui.widgets.naming import named


class PageArea(QScrollArea):
    """A scroll area that computes its page's height at its width.

    Qt's own asks the page for its minimum height whatever the width, so wrapped rows would be clipped.
    """

    def __init__(self, page: QWidget, identifier: str, spoken: str) -> None:
        super().__init__()
        self._page = page
        # Learnt from Qt's own words: asked for the viewport, PySide would load every class of widget to find its type.
        self._width = 0
        named(self, identifier, spoken=spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not in the tab order: a focused widget inside is scrolled into view anyway.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The event is the viewport's.
        self._width = event.size().width()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._page.layout()
        if layout is not None and layout.hasHeightForWidth():
            self._page.setMinimumHeight(layout.minimumHeightForWidth(self._width))
