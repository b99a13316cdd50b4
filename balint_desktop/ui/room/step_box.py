"""The next-step button, its undo, and confirming the end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.view import RoomView
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


class StepBox(QWidget):
    """The next step. The button is outlined, and becomes filled two minutes before it is due."""

    begin_asked = Signal()
    step_asked = Signal()
    undo_asked = Signal()
    end_asked = Signal()
    adjusted = Signal(int)
    leave_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "step-box")
        self._ends = False
        self._asking = False
        self._ended = False
        self._begun = False
        self.begin = button(
            tr("Begin"),
            "begin",
            self.begin_asked.emit,
            ButtonKind.PRIMARY,
            shortcut=RoomKeys.STEP,
            description=tr("Starts the session's clock."),
        )
        self.step = button("", "step", self._on_step, ButtonKind.LARGE, shortcut=RoomKeys.STEP)
        self.undo = button(tr("Take back"), "take-back", self.undo_asked.emit, shortcut=RoomKeys.TAKE_BACK)
        self.confirmation = named(
            text(tr("End the session now? The recording goes on until you stop it.")), "end-question"
        )
        self.end_now = button(tr("End now"), "end-now", self._on_end_now, ButtonKind.PRIMARY)
        self.not_yet = button(tr("Not yet"), "end-not-yet", self._on_not_yet)
        self.less = button(
            tr("A minute less"),
            "minute-less",
            lambda: self.adjusted.emit(-60),
            ButtonKind.QUIET,
            shortcut=RoomKeys.LESS,
        )
        self.more = button(
            tr("A minute more"), "minute-more", lambda: self.adjusted.emit(60), ButtonKind.QUIET, shortcut=RoomKeys.MORE
        )
        self.leave = button(tr("To the debrief"), "to-debrief", self.leave_asked.emit, ButtonKind.PRIMARY)
        column = layouts.column(self, 8)
        column.addWidget(flow(self.less, self.more, spacing=22))
        column.addWidget(self.confirmation)
        column.addWidget(flow(self.begin, self.step, self.end_now, self.not_yet, self.leave, self.undo))

    def show_view(self, view: RoomView) -> None:
        """Show the current step."""
        self._ends, self._ended, self._begun = view.ends, view.ended, view.has_begun
        if not view.ends or view.ended:
            self._asking = False
        if self.step.text() != view.step:
            self.step.setText(view.step)
        # One shortcut for both buttons; setting a text clears it, so it is set on the visible one.
        self.begin.setShortcut("" if view.has_begun else RoomKeys.STEP)
        self.step.setShortcut(RoomKeys.STEP if view.has_begun else "")
        set_kind(self.step, ButtonKind.PRIMARY if view.is_step_near else ButtonKind.LARGE)
        self.undo.setVisible(view.can_undo_step and not self._asking)
        self._show_available()

    def _show_available(self) -> None:
        goes_on = self._begun and not self._asking and not self._ended
        self.begin.setVisible(not self._begun)
        for running in (self.step, self.less, self.more):
            running.setVisible(goes_on)
        for asking in (self.confirmation, self.end_now, self.not_yet):
            asking.setVisible(self._asking)
        self.leave.setVisible(self._ended)

    def set_can_leave(self, *, can_leave: bool) -> None:
        """Enable continuing to the debrief, or disable it while recording."""
        self.leave.setEnabled(can_leave)

    def _on_step(self) -> None:
        if not self._ends:
            self.step_asked.emit()
            return
        self._asking = True
        self.undo.hide()
        self._show_available()
        # Focus the harmless button: a second press of the same key must not end the session.
        self.not_yet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_end_now(self) -> None:
        self._asking = False
        self.end_asked.emit()

    def _on_not_yet(self) -> None:
        self._asking = False
        self._show_available()
        self.step.setFocus(Qt.FocusReason.OtherFocusReason)
