"""Ask for the passphrase beside the clock in a locked room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.vault_access.unlock_form import OpenWith, UnlockForm
from balint_desktop.ui.widgets.text import quiet


class UnlockPanel(RoomPanel):
    """What is locked, what continues, and the form. Input is discarded when the panel closes."""

    opened = Signal(object)

    def __init__(self, with_passphrase: OpenWith, with_recovery_key: OpenWith) -> None:
        super().__init__("unlock-panel", tr("Unlock"))
        self.form = UnlockForm(with_passphrase, with_recovery_key)
        self.form.opened.connect(self.opened)
        self.body.addWidget(
            quiet(
                tr(
                    "Attendance, starting a recording and the debrief need the passphrase. Everything else, and the "
                    "current recording, continues."
                )
            )
        )
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return self.form.secret

    def hideEvent(self, event: QHideEvent) -> None:
        self.form.forget()
        super().hideEvent(event)
