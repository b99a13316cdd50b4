"""Mark this moment, by what it is marked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.values import MarkKind
from balint_desktop.i18n import tr
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow


class MarkPanel(RoomPanel):
    """Two buttons for the reason of a mark; a name can be removed only from a recording."""

    chosen = Signal(object)

    def __init__(self, *, is_recorded: bool) -> None:
        super().__init__("mark-kinds", tr("Mark this moment"))
        self.name = self._kind(tr("A name to remove"), MarkKind.NAME_TO_REMOVE)
        self.worth = self._kind(tr("Worth coming back to"), MarkKind.WORTH_COMING_BACK_TO)
        self.body.addWidget(flow(self.name, self.worth))
        self.name.setVisible(is_recorded)
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.worth if self.name.isHidden() else self.name

    def _kind(self, words: str, kind: MarkKind) -> QPushButton:
        return button(words, f"mark-{kind}", lambda: self.chosen.emit(kind))
