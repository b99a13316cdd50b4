"""One exportable item: name, one line on its contents and audience, buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, subheading


class ExportOffer(QWidget):
    """One export. Extra fields go into `more`."""

    def __init__(self, identifier: str, name: str, about: str, *buttons: QWidget) -> None:
        super().__init__()
        named(self, identifier, spoken=name)
        column = layouts.column(self, 6)
        column.addWidget(named(subheading(name), f"{identifier}-name"))
        column.addWidget(named(quiet(about), f"{identifier}-about"))
        column.addSpacing(2)
        self.more = QVBoxLayout()
        self.more.setSpacing(8)
        column.addLayout(self.more)
        if buttons:
            column.addWidget(flow(*buttons))
