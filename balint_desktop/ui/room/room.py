"""The session room: it paints what the conductor says, and turns each press into an act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from balint_desktop.conduct.conductor import Conductor
from balint_desktop.conduct.prompting import PromptTable
from balint_desktop.domain import schedule
from balint_desktop.domain.prompts import PromptBank
from balint_desktop.domain.session import NotNow
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import MarkKind
from balint_desktop.i18n import tr
from balint_desktop.ui.naming import named
from balint_desktop.ui.place import Place
from balint_desktop.ui.room.care_panel import CarePanel
from balint_desktop.ui.room.microphone_panel import MicrophonePanel, Microphones
from balint_desktop.ui.room.notices import Notices
from balint_desktop.ui.room.number import BigNumber
from balint_desktop.ui.room.panel import Panel
from balint_desktop.ui.room.prompts_panel import PromptsPanel
from balint_desktop.ui.room.record_bar import RecordBar
from balint_desktop.ui.room.say_panel import SayPanel
from balint_desktop.ui.room.step_box import StepBox
from balint_desktop.ui.room.time_panel import TimePanel
from balint_desktop.ui.room.track import Track
from balint_desktop.ui.room.view import RoomView, room_view
from balint_desktop.ui.room.view_panel import Keys, ViewPanel
from balint_desktop.ui.room.who_panel import WhoPanel
from balint_desktop.ui.room.wording import mark_time
from balint_desktop.ui.tab_order import follow_layout
from balint_desktop.ui.theme import Theme
from balint_desktop.ui.widgets.banner import announce
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import heading, quiet, rule, small, text

_TICK_MS = 1000


class RoomPlace(Place):
    """The room. `title` is what stands above the track, such as the group and the session's number."""

    left_room = Signal()

    def __init__(
        self,
        led: Conductor,
        bank: PromptBank,
        theme: Theme,
        title: str,
        *,
        begin: Callable[[], None],
        device: Callable[[], str | None],
        microphones: Microphones | None = None,
    ) -> None:
        super().__init__("room", tr("Session"), scrolls=False)
        self._led = led
        self._theme = theme
        self._begin = begin
        self._device = device
        self._view: RoomView | None = None
        self._phase = -1
        self._alone = False
        research = led.group.for_research
        self.table = PromptTable(bank, led.format, self._count_prompt, themes=not research)
        support = led.group.support
        self.track = Track()
        self.number = BigNumber(theme.sizes.number_pt)
        self.step_box = StepBox()
        self.record_bar = RecordBar()
        self.notices = Notices()
        self.prompts = PromptsPanel(self.table, support, self._left_s)
        self.care = CarePanel(self.table, support, self._pause, lambda: self._shown().recording.can_pause)
        self.who = WhoPanel(led)
        self.time = TimePanel(led)
        self.view_panel = ViewPanel(themes=self.table.themes, for_research=research)
        self.microphone = MicrophonePanel(microphones) if microphones is not None else None
        self._say: SayPanel | None = None
        self._unlock: Panel | None = None
        self._title_words = title
        self._title = named(quiet(title), "room-title")
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        led.on_change(self.refresh)
        led.on_level(self._on_level)

    # --- laying out ---

    def _build(self) -> None:
        self.wall = named(quiet(""), "wall-clock")
        self.wall.setWordWrap(False)
        self.number_words = named(text("", "medium"), "number-words")
        self.phase_title = named(heading(""), "phase-title")
        self.sentence = named(quiet(""), "phase-sentence")
        self.over = named(small(""), "phase-over")
        self.hide_prompts = button(tr("Hide prompts"), "hide-prompts", self._on_hide_prompts, shortcut=Keys.PROMPTS)
        self.needs_care = button(
            tr("Someone needs care"), "needs-care", lambda: self._open(self.care), shortcut=Keys.CARE
        )
        self.glance = named(text(""), "recording-glance")
        self.glance.setWordWrap(False)
        self.glance.hide()
        self._foot_rule = rule()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._top())
        column.addWidget(self.track)
        column.addSpacing(22)
        column.addWidget(self._middle(), 1)
        column.addWidget(self._foot_rule)
        column.addWidget(self._foot())
        # At very large text the page is higher than a small screen, and then it scrolls.
        self._page = page
        self.body.addWidget(PageArea(page, "room-scroll", tr("Session")))

    def _top(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        row.addWidget(self._title, 1)
        self.who_button = self._opener(tr("Who is here"), "open-who", self.who, Keys.WHO)
        self.unlock_button = button(tr("Unlock"), "room-unlock", self.open_unlock, ButtonKind.QUIET)
        self.unlock_button.hide()
        self.time_button = self._opener(tr("Time"), "open-time", self.time, Keys.TIME)
        self.view_button = self._opener(tr("View"), "open-view", self.view_panel, Keys.HELP)
        for made in (self.unlock_button, self.who_button, self.time_button, self.view_button):
            row.addWidget(made)
        row.addSpacing(10)
        row.addWidget(self.glance)
        row.addWidget(self.wall)
        return line

    def _opener(self, words: str, identifier: str, panel: Panel, key: str) -> QPushButton:
        return button(words, identifier, lambda: self._open(panel), ButtonKind.QUIET, shortcut=key)

    def _middle(self) -> QWidget:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(48)
        row.addWidget(self._left(), 13)
        self._right = QWidget()
        self._right_column = QVBoxLayout(self._right)
        self._right_column.setContentsMargins(0, 0, 0, 0)
        self._panels: list[QWidget] = [self.prompts, self.care, self.who, self.time, self.view_panel]
        if self.microphone is not None:
            self._panels.append(self.microphone)
        for panel in self._panels:
            self._right_column.addWidget(panel)
            panel.setVisible(panel is self.prompts)
        row.addWidget(self._right, 12)
        return middle

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.number)
        column.addSpacing(20)
        column.addWidget(self.number_words)
        column.addSpacing(20)
        column.addWidget(self.phase_title)
        column.addWidget(self.sentence)
        column.addWidget(self.over)
        column.addStretch(1)
        column.addWidget(self.notices)
        column.addSpacing(6)
        column.addWidget(self.step_box)
        return left

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.record_bar, 1)
        row.addWidget(self.hide_prompts, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.needs_care, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _connect(self) -> None:
        self.step_box.begin_asked.connect(self._on_begin)
        self.step_box.step_asked.connect(lambda: self._do(self._led.step))
        self.step_box.take_back_asked.connect(lambda: self._do(self._led.take_back))
        self.step_box.end_asked.connect(lambda: self._do(self._led.end))
        self.step_box.adjusted.connect(lambda seconds: self._do(lambda: self._led.adjust(seconds)))
        self.step_box.leave_asked.connect(self._on_leave)
        self.record_bar.start_asked.connect(self._on_start)
        self.record_bar.pause_asked.connect(self._pause)
        self.record_bar.resume_asked.connect(self._on_resume)
        self.record_bar.strike_asked.connect(lambda: self._do(self._led.strike))
        self.record_bar.stop_asked.connect(self._on_stop)
        self.record_bar.again_asked.connect(self._on_again)
        self.record_bar.choose_asked.connect(self._on_choose)
        self.record_bar.marked.connect(self._on_marked)
        self.record_bar.unlock_asked.connect(self.open_unlock)
        self.notices.put_away.connect(self._led.dismiss)
        self.view_panel.alone_asked.connect(self.set_alone)
        self.view_panel.dim_asked.connect(self._on_dim)
        self.view_panel.themes_changed.connect(self._on_themes)
        for panel in self._panels:
            if isinstance(panel, Panel):
                panel.back_asked.connect(self._back)
        for key, act in ((Keys.ALONE, self.set_alone), (Keys.DIM, self._on_dim), ("Esc", self._back)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for part in (self.prompts, self.notices):
            part.laid_out.connect(self._follow)
        self._theme.changed.connect(self._on_theme)
        self._follow()

    # --- showing ---

    def entered(self) -> None:
        self._timer.start()
        self.refresh()

    def left(self) -> None:
        self._timer.stop()
        self._theme.set_dimmed(False)

    def first_focus(self) -> QWidget:
        return self.step_box.step if self._led.state.begun else self.step_box.begin

    def refresh(self) -> None:
        """Show the room as it is; what has not changed is not touched."""
        view = room_view(self._led, self._led.now())
        if self._led.state.phase != self._phase:
            self._enter_phase()
        if view != self._view:
            self._show(view)

    def _shown(self) -> RoomView:
        return self._view or room_view(self._led, self._led.now())

    def _show(self, view: RoomView) -> None:
        before, self._view = self._view, view
        self.wall.setText(view.wall)
        self.track.show_segments(view.track)
        self.number.show_number(view.number, view.number_words)
        self.number_words.setText(view.number_words)
        self.phase_title.setText(view.title if not view.ended else tr("The session has ended"))
        self.sentence.setText(view.sentence if not view.ended else self._after_words(view))
        self.over.setText(view.over)
        self.over.setVisible(bool(view.over))
        self.step_box.show_view(view)
        self.step_box.set_can_leave(can_leave=not view.recording.can_stop and view.recording.words != "")
        self.record_bar.show_line(view.recording, marks=view.begun and not view.ended, ended=view.ended)
        self._show_glance(view)
        self._show_locked(locked=view.locked)
        self.notices.show_notices(view.notices)
        mark = schedule.next_mark(self._led.state)
        self.prompts.show_card(view.card, mark_time(self._led.state, mark, self._led.now()))
        self.number.setVisible(not view.ended)
        self.number_words.setVisible(not view.ended)
        if view.ended and not self.prompts.isHidden():
            self._show_panel(None)
        for panel in (self.care, self.who, self.time):
            if not panel.isHidden():
                panel.refresh()
        if before is not None and before.title != view.title:
            announce(self, f"{view.title}. {view.sentence}")

    def _show_glance(self, view: RoomView) -> None:
        """Say at the top that nothing is recorded where the recording's line is scrolled out of view."""
        words = self.record_bar.words
        at = words.mapTo(self, words.rect().center()).y()
        out_of_view = self.isVisible() and not 0 <= at < self.height()
        self.glance.setText(view.recording.words)
        self.glance.setVisible(bool(view.recording.trouble) and out_of_view)

    @staticmethod
    def _after_words(view: RoomView) -> str:
        if view.recording.can_stop:
            return tr("The recording still runs. Stop it when the last words are said.")
        return tr("Take the time you need. The debrief is two minutes, when the room is empty.")

    def _enter_phase(self) -> None:
        self._phase = self._led.state.phase
        self.table.enter(self._led.format.phases[self._phase], self._left_s())
        self.prompts.lay_out()

    def _left_s(self) -> float:
        return schedule.phase_end_s(self._led.state) - self._led.elapsed_s()

    def _on_tick(self) -> None:
        try:
            self._led.tick()
        except Trouble as trouble:
            self._say_trouble(trouble)
        self.refresh()

    def _on_level(self) -> None:
        desk = self._led.desk
        if desk is not None and desk.level is not None and self.isVisible():
            self.record_bar.level.set_level(desk.level.level_db)

    def _on_theme(self) -> None:
        self.number.set_point_size(self._theme.sizes.number_pt)

    # --- acting ---

    def _do(self, act: Callable[[], None]) -> None:
        """Do something; what cannot be now is left undone, and what the disk refuses is said in the room."""
        try:
            act()
        except NotNow:
            self.refresh()
        except Trouble as trouble:
            self._say_trouble(trouble)

    def _on_begin(self) -> None:
        self._do(self._begin)
        self.step_box.step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_trouble(self, trouble: Trouble) -> None:
        self._led.notice_trouble(trouble)

    def _count_prompt(self) -> None:
        self._do(self._led.count_prompt)

    def _on_start(self) -> None:
        words = tr("Everyone has agreed, so I’m starting the recorder. Ask me, or signal, and I pause it.")
        again = tr("I’m starting the recorder again. Ask me, or signal, and I pause it.")
        self._say_it(
            SayPanel(
                "say-start",
                tr("Start recording"),
                again if self._led.state.recording.id is not None else words,
                tr("Start now"),
                lambda: self._do(lambda: self._led.start_recording(self._device())),
            )
        )

    def _on_again(self) -> None:
        """Go on after a loss in one press: it had been started with everyone's word."""
        self._do(lambda: self._led.start_recording(self._device()))
        words = tr("The recorder had stopped for a moment. I have started it again.")
        self._say_it(SayPanel("say-again", tr("Go on recording"), words))

    def _on_choose(self) -> None:
        if self.microphone is not None:
            self._open(self.microphone)
            if not self.microphone.isHidden():
                self.microphone.look()

    def _pause(self) -> None:
        self._do(self._led.pause_recording)
        words = tr("I have paused the recorder. Tell me when, or whether, to go on.")
        if self.care.isHidden():
            self._say_it(SayPanel("say-pause", tr("Off the record"), words))

    def _on_resume(self) -> None:
        self._say_it(
            SayPanel(
                "say-resume",
                tr("Go on recording"),
                tr("I’m starting the recorder again, if that is all right with everyone."),
                tr("Go on now"),
                lambda: self._do(self._led.resume_recording),
            )
        )

    def _on_stop(self) -> None:
        self._say_it(
            SayPanel(
                "say-stop",
                tr("Stop recording"),
                tr("I’m stopping the recorder now. What was recorded is sealed."),
                tr("Stop and seal"),
                lambda: self._do(self._led.stop_recording),
            )
        )

    def _on_marked(self, kind: MarkKind) -> None:
        self._do(lambda: self._led.mark(kind))

    def _on_themes(self, themes: bool) -> None:
        self.table.allow_themes(themes=themes, left_s=self._left_s())
        self.prompts.lay_out()

    # --- locked: what shows codes or would record waits for the passphrase, all else goes on ---

    def lock(self, unlock: Panel) -> None:
        """Hold back who is here and whatever would record. `unlock` is the panel that asks for the passphrase."""
        self.unlock()
        self._unlock = unlock
        unlock.back_asked.connect(self._back)
        self._panels.append(unlock)
        self._right_column.addWidget(unlock)
        unlock.hide()
        if not self.who.isHidden() or self._say is not None:
            self._back()
        self.refresh()
        announce(self, tr("The vault is locked. The clock goes on, and so does what is being recorded."))

    def unlock(self) -> None:
        """Bring back what was held back; the room is as it was."""
        if self._unlock is None:
            return
        panel, self._unlock = self._unlock, None
        was_shown = not panel.isHidden()
        self._panels.remove(panel)
        self._right_column.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        if was_shown:
            self._back()
        self.refresh()

    def open_unlock(self) -> None:
        """Ask for the passphrase, beside the clock and the recording's light."""
        if self._unlock is not None and self._unlock.isHidden():
            self._open(self._unlock)

    def _on_leave(self) -> None:
        """Go on to the debrief, whose page shows codes: while locked, the passphrase comes first."""
        if self._unlock is not None:
            self.open_unlock()
        else:
            self.left_room.emit()

    def _show_locked(self, *, locked: bool) -> None:
        self.unlock_button.setVisible(locked)
        self.who_button.setVisible(not locked and not self._alone)
        self._title.setText("" if self._alone else tr("Locked") if locked else self._title_words)

    # --- panels, and seeing less ---

    def _open(self, panel: Panel) -> None:
        if not panel.isHidden() and not self._alone:
            self._back()
            return
        self._drop_say()
        self._set_alone(alone=False)
        if panel is self.time:
            self.time.opened()
        panel.refresh()
        self._show_panel(panel)
        panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_it(self, panel: SayPanel) -> None:
        self._drop_say()
        self._set_alone(alone=False)
        self._say = panel
        panel.back_asked.connect(self._back)
        self._panels.append(panel)
        self._right_column.addWidget(panel)
        self._show_panel(panel)
        panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_say(self) -> None:
        if self._say is not None:
            self._panels.remove(self._say)
            self._right_column.removeWidget(self._say)
            self._say.hide()
            self._say.deleteLater()
            self._say = None

    def _show_panel(self, shown: QWidget | None) -> None:
        for panel in self._panels:
            panel.setVisible(panel is shown)
        self._follow()

    def _follow(self) -> None:
        """Let Tab go from top to bottom, left side before right, whatever came or went."""
        follow_layout(self._page)

    def _back(self) -> None:
        """Go back to the prompts, or to nothing where they are hidden; bring back what was dimmed or alone."""
        self._drop_say()
        self._set_alone(alone=False)
        self._theme.set_dimmed(False)
        ended = self._led.state.ended_s is not None
        self._show_panel(self.prompts if self.prompts_shown and not ended else None)
        self.step_box.step.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def prompts_shown(self) -> bool:
        """Whether the prompts are wanted."""
        return self.hide_prompts.text() == tr("Hide prompts")

    def _on_hide_prompts(self) -> None:
        self.hide_prompts.setText(tr("Show prompts") if self.prompts_shown else tr("Hide prompts"))
        self.hide_prompts.setShortcut(Keys.PROMPTS)
        self._back()

    def set_alone(self) -> None:
        """Show the clock alone, or everything again."""
        self._set_alone(alone=not self._alone)

    def _set_alone(self, *, alone: bool) -> None:
        if alone == self._alone:
            return
        self._alone = alone
        self._show_locked(locked=self._unlock is not None)
        for widget in (self._right, self.track, self.time_button, self.hide_prompts):
            widget.setVisible(not alone)
        for widget in (self.phase_title, self.sentence, self._foot_rule, self.step_box.less, self.step_box.more):
            widget.setVisible(not alone)

    def _on_dim(self) -> None:
        self._theme.set_dimmed(not self._theme.dimmed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
