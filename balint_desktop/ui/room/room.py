"""The session room: wires page, panels and actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.domain.session.prompts import PromptBank
from balint_desktop.domain.values import MarkKind, ParticipantCode, RecordingState
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.room.acts import RoomActions
from balint_desktop.ui.room.microphone_panel import Microphones
from balint_desktop.ui.room.page import RoomPage
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.panels import RoomPanels
from balint_desktop.ui.room.prompts_setting import PromptsShown
from balint_desktop.ui.room.say_panel import SpokenPanel
from balint_desktop.ui.room.view import RoomView, room_view
from balint_desktop.ui.room.view_panel import RoomKeys
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.theme.theme import Theme
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.live_label import announce

# Round the page, where there is room, and where there is little.
_MARGINS = (32, 20, 32, 20)
_NARROW = (10, 6, 10, 8)


class RoomPlace(Place):
    """The room. `title` stands above the track, such as the group and the session's number.

    `frame` is what the opening words have to tell this group; `labels` what to show for a code, such as a seat or
    initials, and nothing of it is stored; `others` who leads or observes besides; `prompts` when
    prompts are shown after the opening; `is_stored` whether there is a debrief to continue to.
    """

    left = Signal()
    abandoned = Signal()
    """The room was left before the session began."""
    handover_asked = Signal()

    def __init__(
        self,
        session: SessionController,
        bank: PromptBank,
        theme: Theme,
        title: str,
        *,
        begin: Callable[[], None],
        device: Callable[[], str | None],
        microphones: Microphones | None = None,
        frame: OpeningFrame | None = None,
        labels: Mapping[ParticipantCode, str] | None = None,
        others: Sequence[str] = (),
        prompts: PromptsShown = PromptsShown.ALWAYS,
        is_stored: bool = True,
    ) -> None:
        super().__init__("room", tr("Session"), scrolls=False)
        self._frame = frame or OpeningFrame(for_research=session.group.for_research)
        self._session = session
        self._theme = theme
        self._view: RoomView | None = None
        self._phase = -1
        self.acts = RoomActions(session, self, begin=begin, device=device, say=self._show_spoken, refresh=self.refresh)
        self.panels = RoomPanels(
            session,
            bank,
            self.acts.count_prompt,
            self._pause,
            microphones,
            labels=labels,
            others=others,
            shown=prompts,
        )
        self.page = RoomPage(
            title,
            self.panels,
            theme.sizes.number_pt,
            [phase.step for phase in session.format.phases[1:]],
            is_recorded=session.recording.controller is not None,
            is_stored=is_stored,
        )
        self.body.setContentsMargins(*_MARGINS)
        self.body.addWidget(self.page)
        self._connect()
        subscribe(self, session.on_change, self.refresh)
        subscribe(self, session.recording.on_level, self._on_level)

    def _connect(self) -> None:
        page, panels = self.page, self.panels
        self.acts.follow_steps(page.step_box)
        self.acts.follow_recording(page.record_bar)
        self.acts.follow_end(panels.end)
        if panels.guide is not None:
            self.acts.follow_guide(panels.guide)
        if panels.written is not None:
            panels.written.handover_asked.connect(self._on_hand_round)
        page.step_box.begin_asked.connect(self._on_begin)
        page.step_box.leave_asked.connect(self._on_leave)
        page.step_box.abandon_asked.connect(self.abandoned)
        page.step_box.end_asked.connect(self._on_end)
        page.record_bar.pause_asked.connect(self._pause)
        page.record_bar.mark_asked.connect(self._on_mark)
        panels.mark.chosen.connect(self._on_mark_kind)
        panels.view.choose_asked.connect(self._on_choose)
        page.record_bar.unlock_asked.connect(self.open_unlock)
        page.notices.dismissed.connect(self._session.notices.dismiss)
        page.notices.undo_asked.connect(self.acts.undo_redaction)
        page.notices.choose_asked.connect(self._on_choose)
        page.density_changed.connect(self._on_density)
        page.open_asked.connect(self._open)
        page.unlock_asked.connect(self.open_unlock)
        page.hide_asked.connect(self._on_hide_prompts)
        panels.back_asked.connect(self._back)
        panels.view.alone_asked.connect(self.toggle_clock_alone)
        panels.view.dim_asked.connect(self._on_dim)
        for key, act in ((RoomKeys.ALONE, self.toggle_clock_alone), (RoomKeys.DIM, self._on_dim), ("Esc", self._back)):
            shortcut = QShortcut(QKeySequence(key), self)
            # Held down, a key would show and hide the clock many times a second.
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self._theme.changed.connect(self._on_theme)

    # --- refreshing ---

    def enter_view(self) -> None:
        self.refresh()

    def leave_view(self) -> None:
        self._theme.set_dimmed(False)

    def show_help(self) -> bool:
        """Show help beside the clock: a page over the room would hide it."""
        self._open(self.panels.help())
        return True

    def first_focus(self) -> QWidget:
        box, state = self.page.step_box, self._session.state
        return box.begin if not state.has_begun else box.leave if state.ended_s is not None else box.step

    def refresh(self) -> None:
        """Refresh the room; unchanged widgets are not touched."""
        view = room_view(self._session, self._session.now(), self._frame_now())
        if self._session.state.phase != self._phase:
            self._phase = self._session.state.phase
            self.panels.enter_phase(self._phase, view.card)
            self.page.show_hiding(shows_prompts=self.panels.shows_prompts)
        if view != self._view:
            self._show(view)

    def _frame_now(self) -> OpeningFrame:
        """Return what the opening words have to tell: of a recording only where there can be one."""
        session = self._session
        is_recorded = session.recording.controller is not None and (
            not session.state.has_begun
            or session.recording.is_available
            or session.state.recording.state is not RecordingState.OFF
        )
        controller = session.recording.controller
        has_call = controller is not None and controller.monitor is not None
        return replace(self._frame, recorded=is_recorded, call_recorded=is_recorded and has_call)

    def refresh_in_view(self) -> None:
        """Show the passing of time, as long as the room is in view."""
        if self.isVisible():
            self.refresh()

    def _show(self, view: RoomView) -> None:
        before, self._view = self._view, view
        self.page.show_view(view)
        self.panels.show_view(view)
        if before is not None and before.title != view.title:
            announce(self, f"{view.title}. {view.sentence}")

    def _on_level(self) -> None:
        controller = self._session.recording.controller
        status = controller.status if controller is not None else None
        if status is not None and self.isVisible():
            self.page.record_bar.level.set_level(status.level_db)
            self.page.record_bar.computer_level.set_level(status.computer_db)

    def _on_theme(self) -> None:
        self.page.number.set_point_size(self._theme.sizes.number_pt)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _on_density(self, roomy: bool) -> None:
        self.body.setContentsMargins(*(_MARGINS if roomy else _NARROW))

    # --- presses that do more than one action ---

    def _on_begin(self) -> None:
        self.acts.begin()
        self.page.step_box.step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pause(self) -> None:
        # The care panel stays open; the words for the group would replace it.
        self.acts.pause(words_wanted=self.panels.care.isHidden())

    def _on_end(self) -> None:
        self._open(self.panels.end)

    def _on_mark(self) -> None:
        self._open(self.panels.mark)

    def _on_mark_kind(self, kind: MarkKind) -> None:
        self.acts.mark(kind)
        self._back()

    def _on_choose(self) -> None:
        microphone = self.panels.microphone
        if microphone is not None:
            self._open(microphone)
            if not microphone.isHidden():
                microphone.list_available()

    def _on_leave(self) -> None:
        """Continue to the debrief, which shows codes: while locked, ask for the passphrase first."""
        if self.panels.unlock is not None:
            self.open_unlock()
        else:
            self.left.emit()

    def _on_hand_round(self) -> None:
        """Pause recording and hand the laptop round: a page without the recording light must not be recorded."""
        self.acts.pause(words_wanted=False)
        self._back()
        self.handover_asked.emit()

    # --- locked: codes and starting to record need the passphrase, all else continues ---

    def lock(self, unlock: RoomPanel) -> None:
        """Hide attendance and disable starting to record. `unlock` is the panel that asks for the passphrase."""
        self.unlock()
        self.panels.add_unlock(unlock)
        if self.panels.waits_for_passphrase:
            self._back()
        self.refresh()
        announce(self, tr("The vault is locked. The clock and the current recording continue."))

    def unlock(self) -> None:
        """Restore what locking had hidden."""
        if self.panels.unlock is None:
            return
        if self.panels.remove_unlock():
            self._back()
        self.refresh()

    def open_unlock(self) -> None:
        """Show the unlock panel beside the clock and the recording light."""
        unlock = self.panels.unlock
        if unlock is not None and unlock.isHidden():
            self._open(unlock)

    # --- panels and hiding ---

    def _open(self, panel: RoomPanel) -> None:
        if not panel.isHidden() and not self.page.is_alone:
            self._back()
            return
        self.page.set_alone(alone=False)
        self.panels.open(panel)

    def _show_spoken(self, panel: SpokenPanel) -> None:
        self.page.set_alone(alone=False)
        self.panels.show_words(panel)

    def _back(self) -> None:
        """Return to the prompts, or to nothing if hidden; leave dimmed and clock-alone mode."""
        self.page.set_alone(alone=False)
        self._theme.set_dimmed(False)
        self.panels.show_prompts()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_clock_alone(self) -> None:
        """Show the clock alone, or everything again."""
        self.page.set_alone(alone=not self.page.is_alone)

    def _on_hide_prompts(self) -> None:
        self.panels.shows_prompts = not self.panels.shows_prompts
        self.page.show_hiding(shows_prompts=self.panels.shows_prompts)
        self._back()

    def _on_dim(self) -> None:
        self._theme.set_dimmed(not self._theme.dimmed)
