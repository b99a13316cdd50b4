"""A scroll area for pages whose rows wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from balint_desktop.ui.widgets.naming import named


class PageArea(QScrollArea):
    """A scroll area that computes its page's height at its width.

    Qt's own asks the page for its minimum height whatever the width, so wrapped rows would be clipped. An `inner` one
    is part of a page, and its bar keeps clear of what it scrolls; otherwise the page's margin is between the two. One
    that `hugs` its page is no higher than that, so that what follows stands right below.
    """

    def __init__(self, page: QWidget, identifier: str, spoken: str, *, inner: bool = False, hugs: bool = False) -> None:
        super().__init__()
        self._hugs = hugs
        self.setProperty("kind", "inner" if inner else "page")
        self._page = page
        self._is_fitted = False
        # Learnt from Qt's own words: asked for the viewport, PySide would load every class of widget to find its type.
        self._width = 0
        named(self, identifier, spoken=spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not in the tab order: a focused widget inside is scrolled into view anyway.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a widget and the label above it, once the page is laid out: Qt follows the focus of Tab alone."""
        around = 2 * self.fontMetrics().height()
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, around))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Follow the focus of Tab; stay where it moves on since what had it was hidden, as when a list is laid anew."""
        left, at = self.focusWidget(), self.verticalScrollBar().value()
        moved = super().focusNextPrevChild(forward)
        if left is not None and not left.isVisibleTo(self):
            self.verticalScrollBar().setValue(at)
        return moved

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
            needed = layout.minimumHeightForWidth(self._width)
            self._page.setMinimumHeight(needed)
            self._is_fitted = True
            if self._hugs:
                self.setMaximumHeight(needed)
        elif self._is_fitted:
            # None of its rows that wrap is shown any more.
            self._is_fitted = False
            self._page.setMinimumHeight(0)


def area_around(widget: QWidget) -> PageArea | None:
    """Return the innermost area that scrolls a widget, None if nothing does."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, PageArea):
        above = above.parentWidget()
    return above
