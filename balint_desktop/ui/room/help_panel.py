"""Help beside the clock, which a page over the room would hide."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.library.help import help_page
from balint_desktop.ui.help.reader import HelpReader
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import ButtonKind, button


class HelpPanel(RoomPanel):
    """The page of Help on the room, from which all others are reached; that on calls at once in an online session."""

    def __init__(self, *, online: bool) -> None:
        super().__init__("room-help", tr("Help"), is_read=True)
        self._online = button(
            help_page("online").title, "room-help-online", lambda: self._reader.open_page("online"), ButtonKind.QUIET
        )
        self._reader = HelpReader(self._online)
        self.body.addWidget(self._reader)
        self.body.addStretch(1)
        self._online.setVisible(online)

    def refresh(self) -> None:
        """Begin with the page on the room each time."""
        self._reader.show_list()
        self._reader.show_page("room")
