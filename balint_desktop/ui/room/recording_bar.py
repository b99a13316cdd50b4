"""The recording bar: light, level, buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from balint_desktop.domain.values import MarkKind
from balint_desktop.i18n import tr
from balint_desktop.ui.room.view import RecordingLine
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, add_shortcut, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.level import LevelMeter
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


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
        return QSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.recording if self._on else colours.edge))
        painter.setBrush(QColor(colours.recording) if self._on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(2, 2, 8, 8)
        painter.end()


class RecordBar(QWidget):
    """Light, status, level, and buttons. Unavailable actions are hidden."""

    start_asked = Signal()
    pause_asked = Signal()
    resume_asked = Signal()
    redact_asked = Signal()
    stop_asked = Signal()
    resume_after_loss_asked = Signal()
    choose_asked = Signal()
    marked = Signal(object)
    unlock_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "record-bar")
        self._shown: RecordingLine | None = None
        self.light = Light()
        self.words = named(text(""), "recording-words")
        self.words.setWordWrap(False)
        self.level = LevelMeter("recording-level")
        self.trouble = named(text(""), "recording-trouble")
        self.start = button(tr("Start recording"), "recording-start", self.start_asked.emit)
        self.again = button(tr("Go on recording"), "recording-again", self.resume_after_loss_asked.emit)
        self.choose = button(tr("Microphone"), "recording-choose", self.choose_asked.emit)
        self.pause = button(tr("Pause recording"), "recording-pause", self.pause_asked.emit)
        self.resume = button(tr("Go on recording"), "recording-resume", self.resume_asked.emit)
        self.unlock = button(tr("Unlock to record"), "recording-unlock", self.unlock_asked.emit)
        self.redact = button(
            tr("Strike the last minute"), "recording-strike", self.redact_asked.emit, shortcut=RoomKeys.STRIKE
        )
        self.mark = button(tr("Mark this moment"), "mark", self._on_mark, shortcut=RoomKeys.MARK)
        self.stop = button(tr("Stop recording"), "recording-stop", self.stop_asked.emit, ButtonKind.PRIMARY)
        self.mark_kinds = _MarkKinds()
        self.mark_kinds.chosen.connect(self._on_mark_kind)
        self.mark_kinds.hide()
        self._build()
        # Hidden until the first line is shown; six buttons side by side would widen the window.
        for made in self._buttons():
            made.hide()

    def _buttons(self) -> tuple[QPushButton, ...]:
        first = (self.start, self.again, self.pause, self.resume, self.unlock)
        return (*first, self.choose, self.redact, self.mark, self.stop)

    def _build(self) -> None:
        status = QWidget()
        row = QHBoxLayout(status)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(10)
        # As high as the buttons, so that the text aligns with them, or stands alone.
        status.setMinimumHeight(self.start.sizeHint().height())
        for widget in (self.light, self.words, self.level):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = flow(status, *self._buttons())
        column = layouts.column(self, 6)
        column.addWidget(self.trouble)
        column.addWidget(self.mark_kinds)
        column.addWidget(self._row)

    def show_line(self, shown: RecordingLine, *, marks: bool, ended: bool) -> None:
        """Show the recording's state."""
        before, self._shown = self._shown, shown
        self.words.setText(shown.words)
        self.light.set_on(on=shown.live)
        self.level.setVisible(shown.live)
        if before is None or before.trouble != shown.trouble:
            self.trouble.setText(shown.trouble)
            self.trouble.setVisible(bool(shown.trouble))
        if before is not None and shown.trouble and shown.trouble != before.trouble:
            announce(self, shown.trouble)
        elif before is not None and before.words != shown.words:
            announce(self, shown.words)
        self.start.setVisible(shown.can_start and not shown.resumes_after_loss and not ended)
        self.again.setVisible(shown.can_start and shown.resumes_after_loss and not ended)
        self.choose.setVisible(shown.can_choose)
        self.pause.setVisible(shown.can_pause)
        self.resume.setVisible(shown.can_resume)
        self.unlock.setVisible(shown.waits_for_passphrase and not ended)
        self.redact.setVisible(shown.can_redact)
        # Before the end only if recording cannot resume with those present.
        self.stop.setVisible(shown.can_stop and (ended or shown.is_off_for_good))
        self.mark.setVisible(marks)
        _one_key(RoomKeys.RECORD, self.start, self.again, self.pause, self.resume, self.unlock)

    def _on_mark(self) -> None:
        self.mark_kinds.setVisible(self.mark_kinds.isHidden())
        if not self.mark_kinds.isHidden():
            self.mark_kinds.first_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_mark_kind(self, kind: MarkKind) -> None:
        self.mark_kinds.hide()
        self.mark.setFocus(Qt.FocusReason.OtherFocusReason)
        self.marked.emit(kind)


class _MarkKinds(QWidget):
    """Two buttons for the reason of a mark, shown on request."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "mark-kinds")
        self.first_button = self._kind(tr("A name to remove"), MarkKind.NAME_TO_REMOVE)
        second = self._kind(tr("Worth coming back to"), MarkKind.WORTH_COMING_BACK_TO)
        column = layouts.column(self)
        column.addWidget(flow(self.first_button, second))

    def _kind(self, words: str, kind: MarkKind) -> QPushButton:
        return button(words, f"mark-{kind}", lambda: self.chosen.emit(kind))


def _one_key(key: str, *buttons: QPushButton) -> None:
    """Assign a shortcut to the visible button: a hidden one would make it ambiguous."""
    for made in buttons:
        if made.isHidden():
            if not made.shortcut().isEmpty():
                made.setShortcut("")
        elif made.shortcut().isEmpty():
            add_shortcut(made, key)
