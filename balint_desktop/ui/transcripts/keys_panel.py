"""The keys of the page, and how a pedal plays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.transcripts import keys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import EscapeRole, button
from balint_desktop.ui.widgets.keys_table import KeysTable
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import subheading

_REWIND_S = 2.0


class KeysPanel(QWidget):
    """In place of the text until it is closed."""

    closed = Signal()
    pedal_changed = Signal(bool)

    def __init__(self, playback: Playback) -> None:
        super().__init__()
        named(self, "transcript-keys-panel")
        self._playback = playback
        self.pedal = named(QCheckBox(tr("The pedal plays while it is pressed (F4 or F9)")), "transcript-pedal")
        self.pedal.toggled.connect(self.pedal_changed)
        self.rewind = named(QCheckBox(tr("Rewind two seconds when resuming")), "transcript-rewind")
        self.rewind.setChecked(playback.rewind_s > 0)
        self.rewind.toggled.connect(self._on_rewind)
        self.close_button = button(
            tr("Back to the text"), "transcript-keys-close", self.closed.emit, escape=EscapeRole.CANCEL
        )
        inner = QWidget()
        column = layouts.column(inner, 10)
        column.addWidget(named(subheading(tr("Keys and pedal")), "transcript-keys-heading"))
        column.addWidget(self.pedal)
        column.addWidget(self.rewind)
        column.addWidget(self.close_button)
        column.addWidget(KeysTable(keys.all_keys(), "transcript-key"))
        column.addStretch(1)
        layouts.column(self).addWidget(PageArea(inner, "transcript-keys-scroll", tr("Keys and pedal"), inner=True))

    def show_pedal(self, *, holds: bool) -> None:
        """Show how the pedal plays."""
        self.pedal.setChecked(holds)

    def _on_rewind(self, wanted: bool) -> None:
        self._playback.rewind_s = _REWIND_S if wanted else 0.0
