"""Choose another microphone during a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.capture.devices_handle import Microphone
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text import trouble as words
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named

Found = tuple[Microphone, ...]


@dataclass(frozen=True, slots=True)
class Microphones:
    """Microphone access of the room: lists them in the background, and switches to one."""

    list_available: Callable[[Callable[[Found], None], Callable[[Trouble], None]], None]
    choose: Callable[[str], None]
    in_use: Callable[[], str | None]


class MicrophonePanel(RoomPanel):
    """A button for each microphone. Nothing changes until one is pressed."""

    laid_out = Signal()

    def __init__(self, microphones: Microphones) -> None:
        super().__init__("choose-microphone", tr("Choose a microphone"))
        self._microphones = microphones
        self._is_searching = False
        self.status = LiveLabel("choose-microphone-said", "quiet", keeps_room=True)
        self.choices: list[QPushButton] = []
        self.refresh_button = button(tr("Search again"), "choose-microphone-look", self.list_available)
        self._holder = named(QWidget(), "choose-microphone-list")
        self._column = layouts.column(self._holder, 8)
        self.body.addWidget(self.status)
        self.body.addWidget(self._holder)
        self.body.addWidget(self.refresh_button)
        self.body.addStretch(1)

    def list_available(self) -> None:
        """List the available microphones."""
        if self._is_searching:
            return
        self._is_searching = True
        self.status.follow(tr("Searching for microphones…"))
        self._microphones.list_available(self._on_found, self._on_trouble)

    def first_focus(self) -> QWidget:
        return self.choices[0] if self.choices else self.refresh_button

    def _on_found(self, found: Found) -> None:
        self._is_searching = False
        usable = [one for one in found if one.rate_ok]
        self._offer(usable)
        if usable:
            self.status.follow(tr("Recording continues with the one you choose."))
        else:
            self._on_trouble(Trouble(TroubleCode.MICROPHONE_RATE if found else TroubleCode.NO_MICROPHONE))

    def _on_trouble(self, trouble: Trouble) -> None:
        self._is_searching = False
        self.status.follow(words.sentence(trouble))

    def _offer(self, usable: list[Microphone]) -> None:
        at_hand = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        for made in self.choices:
            layouts.discard(self._column, made)
        in_use = self._microphones.in_use()
        self.choices = [self._choice(number, one, in_use) for number, one in enumerate(usable, start=1)]
        for made in self.choices:
            self._column.addWidget(made)
        self.laid_out.emit()
        if at_hand:
            self.first_focus().setFocus()

    def _choice(self, number: int, one: Microphone, in_use: str | None) -> QPushButton:
        label = tr("{name} (in use)").format(name=one.name) if one.name == in_use else one.name
        return button(label.replace("&", "&&"), f"use-microphone-{number}", lambda: self._on_chosen(one.name))

    def _on_chosen(self, name: str) -> None:
        self._microphones.choose(name)
        self.back_asked.emit()
