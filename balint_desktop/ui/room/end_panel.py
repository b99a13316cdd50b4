"""Ask before the end, with the last words, and end in one act where that is meant."""

from __future__ import annotations

from PySide6.QtCore import Signal

from balint_desktop.i18n import tr
from balint_desktop.ui.room.cards import WordsCard
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind, set_words


class EndPanel(RoomPanel):
    """The last words and the ways to end. The focus is on *Not yet*: a second press of a key ends nothing."""

    end_asked = Signal(bool)
    """The session is to end; True stops its recording as well."""

    def __init__(self, words: str) -> None:
        self.end_and_stop = button(
            tr("End and stop recording"), "end-and-stop", lambda: self.end_asked.emit(True), ButtonKind.PRIMARY
        )
        self.end_now = button("", "end-now", lambda: self.end_asked.emit(False))
        acts = (self.end_and_stop, self.end_now)
        super().__init__("end", tr("End the session?"), tr("Not yet"), acts, is_settled=True)
        if words:
            self.body.addWidget(WordsCard("end-words", (words,), tr("Say")))
        self.body.addStretch(1)
        self.show_recording(is_recording=False)

    def show_recording(self, *, is_recording: bool) -> None:
        """Offer to stop the recording as well, where there is one."""
        self.end_and_stop.setVisible(is_recording)
        set_words(self.end_now, tr("End, keep recording") if is_recording else tr("End now"))
        set_kind(self.end_now, ButtonKind.PLAIN if is_recording else ButtonKind.PRIMARY)
