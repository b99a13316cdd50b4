"""Stacked pages that reserve no room for hidden ones."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.page_area import area_around


class Pages(QWidget):
    """Shows one of its pages. Unlike a stacked widget it is only as high as the current page."""

    def __init__(self) -> None:
        super().__init__()
        self._column = layouts.column(self)
        self._pages: list[QWidget] = []

    def add(self, page: QWidget) -> None:
        """Add a page; the first one is shown."""
        self._pages.append(page)
        self._column.addWidget(page)
        page.setVisible(len(self._pages) == 1)

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of the current one, from its top."""
        before = self.current()
        for other in self._pages:
            other.setVisible(other is page)
        if before is not page:
            _scroll_up(self)

    def remove(self, page: QWidget) -> None:
        """Remove a page permanently."""
        self._pages.remove(page)
        layouts.discard(self._column, page)

    def current(self) -> QWidget | None:
        """Return the current page."""
        return next((page for page in self._pages if not page.isHidden()), None)


def _scroll_up(inside: QWidget) -> None:
    above = area_around(inside)
    # Before the first paint there is nothing to scroll, and PySide would load every class for the sake of a bar.
    if above is not None and above.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
        above.verticalScrollBar().setValue(0)
