"""Offer private reminders after a session."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, text


class ReminderOffer(QWidget):
    """A check box for each reminder. It names nobody, and is saved apart from the session's record."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "reminders", spoken=tr("Private reminders"))
        self.boxes = {
            ReminderKind.FOLLOW_UP: named(QCheckBox(tr("Follow something up")), "remind-follow-up"),
            ReminderKind.SUPPORT: named(QCheckBox(tr("Offer someone support")), "remind-support"),
        }
        column = layouts.column(self, 4)
        column.addWidget(flow(text(tr("Add a reminder to Today:")), *self.boxes.values(), spacing=16))
        column.addWidget(
            named(
                small(tr("Only you see this. It is in no record or export, and is erased when done.")), "remind-words"
            )
        )

    def chosen(self) -> tuple[ReminderKind, ...]:
        """Return the reminders to add."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())
