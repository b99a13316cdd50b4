"""Places of a bar that stay where they are, whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedLayout, QWidget

from balint_desktop.ui.widgets.buttons import set_words


class Slot(QWidget):
    """A place as large as the largest thing it may hold, and held open while it holds nothing."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        self._empty = QWidget()
        self._stack = QStackedLayout(self)
        for page in (self._empty, *pages):
            if isinstance(page, QPushButton):
                page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._stack.addWidget(page)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_page(self, page: QWidget | None) -> None:
        """Show one of its pages, or nothing. The focus stays in the slot."""
        self._stack.setCurrentWidget(page or self._empty)


def hold_widest(button: QPushButton, labels: Sequence[str]) -> None:
    """Make a button as wide as the widest of the labels that it will have."""
    shown = button.text()
    button.setMinimumWidth(0)
    widest = 0
    for label in labels:
        set_words(button, label)
        widest = max(widest, button.sizeHint().width())
    set_words(button, shown)
    button.setMinimumWidth(widest)
