"""Hand out the written part from the room, on paper or on the laptop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.group.evaluation.wording import collected_by_others
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, text


class WrittenPanel(RoomPanel):
    """Explains handing out the written part, and starts it. While locked the passphrase comes first."""

    handover_asked = Signal()

    def __init__(self, *, online: bool = False) -> None:
        self.handover_button = button(
            tr("Pass the laptop round"),
            "room-hand-round",
            lambda: self.handover_asked.emit(),  # noqa: PLW0108  there is no signal before the panel is made
            ButtonKind.PRIMARY,
        )
        super().__init__("written-panel", tr("The written part"), acts=(self.handover_button,), is_settled=True)
        if online:
            ways = tr(
                "By video call: send everyone the sheet, which you can print to a PDF under Evaluation. Each person "
                "answers alone and sends it, without a name, to someone outside the group. Anyone can enter the "
                "answers later."
            )
            self.body.addWidget(named(text(ways), "written-online"))
            self.handover_button.hide()
        else:
            self._build_in_room()
        self.body.addWidget(quiet(collected_by_others()))
        self.body.addWidget(small(tr("No one has to fill it in, and anything can be left blank.")))
        self.body.addStretch(1)

    def _build_in_room(self) -> None:
        self.body.addWidget(text(tr("On paper: hand out the printed sheets. Anyone can enter them later.")))
        self.body.addWidget(
            text(
                tr(
                    "On this laptop: each person answers on a page that shows nothing else, then passes it on. The "
                    "clock continues and a recording is paused. When the laptop is back with you, enter the "
                    "passphrase to return here."
                )
            )
        )

    def first_focus(self) -> QWidget:
        return self.back if self.handover_button.isHidden() else self.handover_button
