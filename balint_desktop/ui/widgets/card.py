"""A card: a rounded frame around a few widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from balint_desktop.ui.widgets.naming import named


class Card(QFrame):
    """A rounded frame. Put widgets into `body`."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, identifier)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 12, 18, 12)
        self.body.setSpacing(4)
