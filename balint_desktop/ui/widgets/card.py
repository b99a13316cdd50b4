"""A card: a rounded frame around a few widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from balint_desktop.ui.widgets.naming import named

# What the style sheet leaves below the words of a quiet button, its line included.
_AROUND_LINKS = 8


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

    def end_with(self, links: QWidget) -> None:
        """Add quiet buttons at the foot. The room around their words counts as part of the card's margin."""
        margins = self.body.contentsMargins()
        margins.setBottom(margins.bottom() - _AROUND_LINKS)
        self.body.setContentsMargins(margins)
        self.body.addWidget(links)
