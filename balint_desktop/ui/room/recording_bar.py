"""The recording's part of the bar: light, state, level, and four places for buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.view import RecordingLine
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.room.wording import recording_states
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, add_shortcut, button
from balint_desktop.ui.widgets.flow import FlowLayout
from balint_desktop.ui.widgets.level import LevelMeter
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import Slot
from balint_desktop.ui.widgets.text import small, text


class Light(QWidget):
    """A dot: filled while recording, a ring otherwise. It never blinks."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "recording-light", spoken=tr("Recording light"))
        self._on = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_on(self, *, on: bool) -> None:
        """Fill the dot, or show a ring."""
        if on != self._on:
            self._on = on
            self.update()

    def sizeHint(self) -> QSize:
        # As high as a small letter, at every size of text.
        side = max(12, round(self.fontMetrics().xHeight() * 1.5))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.recording if self._on else colours.edge))
        painter.setBrush(QColor(colours.recording) if self._on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.rect().adjusted(2, 2, -2, -2).toRectF().adjusted(0, 0, -0.5, -0.5))
        painter.end()


class RecordBar(QWidget):
    """Light, state, level, and buttons in fixed places. Without a recording there is only the state, and *Mark*."""

    start_asked = Signal()
    pause_asked = Signal()
    resume_asked = Signal()
    redact_asked = Signal()
    stop_asked = Signal()
    resume_after_loss_asked = Signal()
    mark_asked = Signal()
    unlock_asked = Signal()

    def __init__(self, *, is_recorded: bool) -> None:
        super().__init__()
        named(self, "record-bar")
        self._shown: RecordingLine | None = None
        self.light = Light()
        self.words = named(text(""), "recording-words")
        self.words.setWordWrap(False)
        self.level = LevelMeter("recording-level")
        self.computer_level = LevelMeter("recording-computer-level", spoken=tr("Level of the call"))
        self.level_name = _source_name("recording-level-name")
        self.computer_name = _source_name("recording-computer-level-name")
        self.computer_name.setText(tr("Call"))
        self._level = Slot(self._both_levels())
        self.start = button(tr("Start recording"), "recording-start", self.start_asked.emit)
        self.again = button(tr("Resume recording"), "recording-again", self.resume_after_loss_asked.emit)
        self.pause = button(tr("Pause recording"), "recording-pause", self.pause_asked.emit)
        self.resume = button(tr("Resume recording"), "recording-resume", self.resume_asked.emit)
        self.unlock = button(tr("Unlock to record"), "recording-unlock", self.unlock_asked.emit)
        self.redact = button(
            tr("Remove last minute"), "recording-strike", self.redact_asked.emit, shortcut=RoomKeys.REDACT
        )
        self.stop = button(tr("Stop recording"), "recording-stop", self.stop_asked.emit, ButtonKind.PRIMARY)
        self.mark = button(
            tr("Mark"),
            "mark",
            self.mark_asked.emit,
            shortcut=RoomKeys.MARK,
            description=tr("Marks this moment."),
        )
        self._build(is_recorded=is_recorded)

    @property
    def _first(self) -> tuple[QPushButton, ...]:
        return self.start, self.again, self.pause, self.resume, self.unlock

    def _build(self, *, is_recorded: bool) -> None:
        status = QWidget()
        row = layouts.row(status, 10)
        for widget in (self.light, self.words, self._level):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._main, self._second, self._mark = Slot(*self._first), Slot(self.redact, self.stop), Slot(self.mark)
        self._layout = FlowLayout(self, 10)
        self._layout.addWidget(status)
        for slot in (self._main, self._second):
            if is_recorded:
                self._layout.addWidget(slot)
            else:
                slot.setParent(self)
                slot.hide()
        self._layout.addWidget(self._mark)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._hold_sizes()

    def _both_levels(self) -> QWidget:
        """Return the microphone's level, and the call's under it where the call is recorded; each with its name."""
        self._levels = QWidget()
        grid = layouts.grid(self._levels)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        rows = ((self.level_name, self.level), (self.computer_name, self.computer_level))
        for row, (name, level) in enumerate(rows):
            grid.addWidget(name, row, 0)
            grid.addWidget(level, row, 1)
        for widget in (self.level_name, self.computer_name, self.computer_level):
            widget.hide()
        return self._levels

    def _hold_sizes(self) -> None:
        """Keep the widest state's room, so that no button moves with the words."""
        metrics = self.words.fontMetrics()
        self.words.setMinimumWidth(max(metrics.horizontalAdvance(words) for words in recording_states()) + 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._hold_sizes()

    def set_roomy(self, *, roomy: bool) -> None:
        """Show the level where there is room."""
        self._level.setVisible(roomy)

    def show_line(self, shown: RecordingLine, *, marks: bool, ended: bool) -> None:
        """Show the recording's state."""
        before, self._shown = self._shown, shown
        if before is None or before.words != shown.words:
            self.words.setText(shown.words)
        self.light.set_on(on=shown.live)
        self._level.show_page(self._levels if shown.live else None)
        self._name_sources(shown)
        if before is not None and before.words != shown.words:
            announce(self, shown.words)
        self._main.show_page(self._first_button(shown, ended=ended))
        # Before the end only if recording cannot resume with those present.
        stops = shown.can_stop and (ended or shown.is_off_for_good)
        self._second.show_page(self.stop if stops else self.redact if shown.offered and not ended else None)
        self.redact.setEnabled(shown.can_redact)
        self._mark.show_page(self.mark if marks else None)
        _one_key(RoomKeys.RECORD, *self._first)

    def _name_sources(self, shown: RecordingLine) -> None:
        """Name what is recorded of a call; in a room the one microphone needs no name."""
        for widget in (self.computer_name, self.computer_level):
            widget.setVisible(shown.has_computer)
        self.level_name.setVisible(shown.is_online)
        self.level_name.setText(tr("Mic") if shown.has_computer else tr("Mic only"))

    def _first_button(self, shown: RecordingLine, *, ended: bool) -> QPushButton | None:
        if shown.waits_for_passphrase and not ended:
            return self.unlock
        if shown.can_pause:
            return self.pause
        if shown.can_resume:
            return self.resume
        if shown.can_start and not ended:
            return self.again if shown.resumes_after_loss else self.start
        return None


def _source_name(identifier: str) -> QLabel:
    name = named(small(""), identifier)
    name.setWordWrap(False)
    return name


def _one_key(key: str, *buttons: QPushButton) -> None:
    """Assign a shortcut to the visible button: a hidden one would make it ambiguous."""
    for made in buttons:
        if made.isHidden():
            if not made.shortcut().isEmpty():
                made.setShortcut("")
        elif made.shortcut().isEmpty():
            add_shortcut(made, key)
