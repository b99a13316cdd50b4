"""A panel beside the clock, in place of the prompts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import subheading


class RoomPanel(QWidget):
    """A panel of the room, never a dialog. Put widgets into `body`; Escape goes back."""

    back_asked = Signal()

    def __init__(self, identifier: str, heading: str, back: str = "") -> None:
        super().__init__()
        named(self, identifier)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 8, 0)
        self.body.setSpacing(10)
        area = named(QScrollArea(), f"{identifier}-scroll", spoken=heading)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.back = button(
            back or tr("Back"), f"{identifier}-back", self.back_asked.emit, ButtonKind.PLAIN, escape=EscapeRole.LEAVE
        )
        column = layouts.column(self, 12)
        column.addWidget(named(subheading(heading), f"{identifier}-heading"))
        column.addWidget(area, 1)
        column.addWidget(self.back)

    def refresh(self) -> None:
        """Refresh the panel."""

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus when the panel opens."""
        return self.back
