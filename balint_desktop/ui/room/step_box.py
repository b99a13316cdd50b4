"""The next step, its undo, and the end, each in its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.view import RoomView
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind, set_words
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import Slot, hold_widest


class StepBox(QWidget):
    """The next step. The button is outlined, and becomes filled two minutes before it is due; its size stays."""

    begin_asked = Signal()
    step_asked = Signal()
    undo_asked = Signal()
    end_asked = Signal()
    """The last step: whether the session is really to end is asked beside the clock."""
    adjusted = Signal(int)
    leave_asked = Signal()
    abandon_asked = Signal()
    """A room that has not begun is to be left."""

    def __init__(self, steps: Sequence[str], *, has_debrief: bool = True) -> None:
        super().__init__()
        named(self, "step-box")
        self._steps = (*steps, tr("End the session"))
        self._ends = False
        self.begin = _large(
            button(
                tr("Begin"),
                "begin",
                self.begin_asked.emit,
                ButtonKind.PRIMARY,
                shortcut=RoomKeys.STEP,
                description=tr("Starts the session’s clock."),
            )
        )
        self.step = _large(button("", "step", self._on_step, ButtonKind.LARGE, shortcut=RoomKeys.STEP))
        leave = tr("Continue to the debrief") if has_debrief else tr("Close")
        self.leave = _large(button(leave, "to-debrief", self.leave_asked.emit, ButtonKind.PRIMARY))
        self.undo = button(
            tr("Undo"),
            "step-undo",
            self.undo_asked.emit,
            shortcut=RoomKeys.TAKE_BACK,
            description=tr("Undoes the last step."),
        )
        self.abandon = button(
            tr("Leave"),
            "leave-room",
            self.abandon_asked.emit,
            description=tr("Leaves this room. The session has not begun."),
        )
        self.less = self._minute(tr("−1 min"), "minute-less", tr("A minute less for this phase"), -60, RoomKeys.LESS)
        self.more = self._minute(tr("+1 min"), "minute-more", tr("A minute more for this phase"), 60, RoomKeys.MORE)
        self._build()

    def _minute(self, label: str, identifier: str, description: str, seconds: int, key: str) -> QPushButton:
        return button(
            label,
            identifier,
            lambda: self.adjusted.emit(seconds),
            ButtonKind.QUIET,
            shortcut=key,
            description=description,
            repeats=True,
        )

    def _build(self) -> None:
        self._main = Slot(self.begin, self.step, self.leave)
        self._beside = Slot(self.undo, self.abandon)
        self._minutes = (Slot(self.less), Slot(self.more))
        row = layouts.row(self, 10)
        for slot in (self._main, self._beside, *self._minutes):
            row.addWidget(slot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._main.show_page(self.begin)
        self._beside.show_page(self.abandon)
        self._hold_sizes()

    def _hold_sizes(self) -> None:
        hold_widest(self.step, self._steps)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._hold_sizes()

    def set_roomy(self, *, roomy: bool) -> None:
        """Offer a minute more and a minute less as buttons where there is room; their keys always work."""
        for slot in self._minutes:
            slot.setVisible(roomy)

    def show_view(self, view: RoomView) -> None:
        """Show the current step."""
        self._ends = view.ends
        if self.step.text() != view.step:
            set_words(self.step, view.step)
        # One shortcut for both buttons; it is set on the visible one.
        self.begin.setShortcut("" if view.has_begun else RoomKeys.STEP)
        self.step.setShortcut(RoomKeys.STEP if view.has_begun else "")
        set_kind(self.step, ButtonKind.PRIMARY if view.is_step_near else ButtonKind.LARGE)
        self._main.show_page(self.leave if view.ended else self.step if view.has_begun else self.begin)
        self._beside.show_page(self.undo if view.can_undo_step else None if view.has_begun else self.abandon)
        for slot, made in zip(self._minutes, (self.less, self.more), strict=True):
            slot.show_page(made if view.has_begun and not view.ended else None)

    def set_can_leave(self, *, can_leave: bool) -> None:
        """Enable continuing to the debrief, or disable it while recording."""
        self.leave.setEnabled(can_leave)

    def _on_step(self) -> None:
        if self._ends:
            self.end_asked.emit()
        else:
            self.step_asked.emit()


def _large(made: QPushButton) -> QPushButton:
    """Keep a button at the larger size, filled or not."""
    made.setProperty("large", "true")
    return made
