"""Who was in the room: a button a speaker, with the digit that stands for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.transcripts import keys, wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.names_source import NamesSource
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.show_names import ShowNames
from balint_desktop.ui.widgets.text import subheading


class RoomBox(QWidget):
    """The speakers. A press sets who speaks; names are shown on request, as everywhere."""

    chosen = Signal(str)

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._messages = messages
        self.by_key: dict[str, Speaker] = {}
        self.buttons: dict[Speaker, QPushButton] = {}
        self._names: ShowNames | None = None
        self._column = layouts.column(self, 6)
        self._heading = named(subheading(tr("In the room")), "transcript-room-heading")
        self._column.addWidget(self._heading)
        self._is_compact = False
        self._holder: QWidget | None = None
        self._shown: tuple[tuple[Speaker, ...], dict[ParticipantCode, str]] | None = None

    def show_speakers(
        self, speakers: Sequence[Speaker], labels: Mapping[ParticipantCode, str], names: NamesSource | None
    ) -> None:
        """Offer these speakers, with their seats' labels."""
        if self._holder is not None and names is None and self._shown == (tuple(speakers), dict(labels)):
            return
        self._shown = (tuple(speakers), dict(labels)) if names is None else None
        if self._holder is not None:
            layouts.discard(self._column, self._holder)
        self.by_key = keys.digits(speakers)
        self.buttons = {}
        chips: dict[str, tuple[ParticipantCode, QPushButton]] = {}
        shown: dict[ParticipantCode, str] = {}
        for key, speaker in self.by_key.items():
            label = labels.get(ParticipantCode(speaker), wording.speaker_name(speaker))
            words = f"{key}  {label}"
            made = button(
                words.replace("&", "&&"),
                f"transcript-speaker-{key}",
                partial(self.chosen.emit, speaker),
                ButtonKind.QUIET,
                repeats=True,
            )
            self.buttons[speaker] = made
            if speaker.startswith("P"):
                shown[ParticipantCode(speaker)] = words
                chips[key] = (ParticipantCode(speaker), made)
        self._holder = QWidget()
        column = layouts.column(self._holder, 2)
        column.addWidget(flow(*self.buttons.values(), spacing=12, between_lines=0))
        self._names = ShowNames(names, chips, self._show_trouble)
        self._names.labels = shown
        self._names.button.setVisible(self._names.is_offered)
        column.addWidget(self._names)
        self._names.setVisible(not self._is_compact)
        self._column.addWidget(self._holder)

    def set_compact(self, *, compact: bool) -> None:
        """Show the speakers alone, to leave the room to the text; or with a heading, and their names on request."""
        self._is_compact = compact
        self._heading.setVisible(not compact)
        if self._names is not None:
            self._names.setVisible(not compact)

    def set_enabled(self, enabled: bool) -> None:
        """Allow a press, or not."""
        for made in self.buttons.values():
            made.setEnabled(enabled)

    def hide_names(self) -> None:
        """Drop the names, as when the page is left."""
        if self._names is not None:
            self._names.hide_names()

    def _show_trouble(self, trouble: Trouble) -> None:
        self._messages.trouble(trouble)
