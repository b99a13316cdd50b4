"""The place Session while no session runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.text import text


class IdleSession(Place):
    """A sentence, and a link to Today."""

    today_asked = Signal()

    def __init__(self) -> None:
        super().__init__("no-session", tr("Session"))
        self.to_today = button(tr("See what comes next"), "to-today", self.today_asked.emit, ButtonKind.PRIMARY)
        self.body.addWidget(text(tr("No session is being led now.")))
        self.body.addWidget(flow(self.to_today))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.to_today
