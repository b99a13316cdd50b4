"""A table of keys and what each does, in the panel that a page opens for them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class KeysTable(QWidget):
    """A row for each key: the key, and what it does."""

    def __init__(self, keys: Iterable[tuple[str, str]], identifier: str) -> None:
        super().__init__()
        self._keys: list[QLabel] = []
        self._grid = layouts.grid(self)
        for number, (key, action) in enumerate(keys):
            shown = named(text(key, "quiet"), f"{identifier}-{number}")
            self._keys.append(shown)
            self._grid.addWidget(shown, number, 0)
            self._grid.addWidget(named(text(action), f"{identifier}-{number}-does"), number, 1)
        self._grid.setColumnStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A label that may wrap asks for less than a line.
        widest = max(key.fontMetrics().horizontalAdvance(key.text()) for key in self._keys)
        self._grid.setColumnMinimumWidth(0, min(widest + 4, self.width() // 2))
