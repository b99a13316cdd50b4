"""Print the floor card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading


class FloorCardSection(QWidget):
    """Explains the floor card, and prints it."""

    def __init__(self, print_card: Callable[[QWidget], None]) -> None:
        super().__init__()
        self.button = button(tr("Print the floor card…"), "print-floor-card", lambda: print_card(self))
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("For the room")), "floor-card-heading"))
        words = tr(
            "The group cannot see the screen, so a card on the floor tells everyone: Recording on one side, "
            "Off the record on the other. Print two pages and put them back to back."
        )
        column.addWidget(named(quiet(words), "floor-card-words"))
        column.addWidget(flow(self.button))
