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
from balint_desktop.ui.widgets.scroll_keys import ScrolledByKeys
from balint_desktop.ui.widgets.text import subheading


class RoomPanel(ScrolledByKeys):
    """A panel of the room, never a dialog. Put widgets into `body`; Escape goes back.

    The body scrolls where there is little room, and `acts` stay on the screen beside the way back. Below what never
    changes they follow at once (`is_settled`); elsewhere the way back keeps its place at the foot. One that `is_read`
    takes the focus itself, so that Space turns its page and presses nothing.
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
        is_read: bool = False,
    ) -> None:
        super().__init__()
        named(self, identifier)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.area = PageArea(inner, f"{identifier}-scroll", heading, inner=True, hugs=is_settled)
        # It gives its room before the buttons give any.
        self.area.setMinimumHeight(1)
        self._is_read = is_read
        if is_read:
            self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.area.setProperty("reads", True)
        self.back = button(
            back or tr("Back"), f"{identifier}-back", self.back_asked.emit, ButtonKind.PLAIN, escape=EscapeRole.LEAVE
        )
        column = layouts.column(self, 8)
        column.addWidget(named(subheading(heading), f"{identifier}-heading"))
        column.addWidget(self.area, 1000)
        column.addWidget(flow(*acts, self.back))
        column.addStretch(1 if is_settled else 0)

    def refresh(self) -> None:
        """Refresh the panel."""

    def focus_first(self) -> None:
        """Focus what comes first, and scroll to it."""
        first = self.first_focus()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.area.isAncestorOf(first):
            self.area.reveal(first)

    def first_focus(self) -> QWidget:
        """Return the widget that gets focus when the panel opens."""
        return self.area if self._is_read else self.back
