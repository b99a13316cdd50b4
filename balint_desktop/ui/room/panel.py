"""A panel beside the clock, in place of the prompts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import subheading


class RoomPanel(QWidget):
    """A panel of the room, never a dialog. Put widgets into `body`; Escape goes back.

    The body scrolls where there is little room, and `acts` stay on the screen beside the way back. Below what never
    changes they follow at once (`is_settled`); elsewhere the way back keeps its place at the foot.
    """

    back_asked = Signal()

    def __init__(
        self,
        identifier: str,
        heading: str,
        back: str = "",
        acts: Sequence[QPushButton] = (),
        *,
        is_settled: bool = False,
    ) -> None:
        super().__init__()
        named(self, identifier)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self._area = PageArea(inner, f"{identifier}-scroll", heading, inner=True, hugs=is_settled)
        # It gives its room before the buttons give any.
        self._area.setMinimumHeight(1)
        self.back = button(
            back or tr("Back"), f"{identifier}-back", self.back_asked.emit, ButtonKind.PLAIN, escape=EscapeRole.LEAVE
        )
        column = layouts.column(self, 8)
        column.addWidget(named(subheading(heading), f"{identifier}-heading"))
        column.addWidget(self._area, 1000)
        column.addWidget(flow(*acts, self.back))
        column.addStretch(1 if is_settled else 0)

    def refresh(self) -> None:
        """Refresh the panel."""

    def focus_first(self) -> None:
        """Focus what comes first, and scroll to it."""
        first = self.first_focus()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._area.isAncestorOf(first):
            self._area.reveal(first)

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus when the panel opens."""
        return self.back
