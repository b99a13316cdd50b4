"""A card: a rounded frame around a few widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from balint_desktop.ui.widgets.naming import named


class Card(QFrame):
    """A rounded frame. Put widgets into `body`."""

    def __init__(self, identifier: str, *, roomy: bool = False) -> None:
        super().__init__()
        named(self, identifier)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        margins = (20, 16, 20, 16) if roomy else (18, 12, 18, 12)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(4)
