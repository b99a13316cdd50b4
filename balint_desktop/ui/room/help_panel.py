"""Help beside the clock, which a page over the room would hide."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.library.help import help_page
from balint_desktop.ui.help.article import Article
from balint_desktop.ui.room.panel import RoomPanel


class HelpPanel(RoomPanel):
    """The page of Help on the room."""

    def __init__(self) -> None:
        super().__init__("room-help", tr("Help"), is_read=True)
        self.body.addWidget(Article(help_page("room")))
        self.body.addStretch(1)
