"""Layout of the room, and painting a view into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.notices import RoomNotices
from balint_desktop.ui.room.number import BigNumber
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.panels import RoomPanels
from balint_desktop.ui.room.recording_bar import RecordBar
from balint_desktop.ui.room.step_box import StepBox
from balint_desktop.ui.room.track import PhaseLine
from balint_desktop.ui.room.view import RoomView
from balint_desktop.ui.room.view_panel import EvaluationKeys, RoomKeys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, quiet, rule, small, text


class RoomPage(QWidget):
    """The room's page. `title` stands above the track; `seen_in` is the widget that clips the page."""

    open_asked = Signal(object)
    unlock_asked = Signal()
    hide_asked = Signal()

    def __init__(self, title: str, panels: RoomPanels, number_pt: float, seen_in: QWidget) -> None:
        super().__init__()
        self._panels = panels
        self._seen_in = seen_in
        self._title_words = title
        self._locked = False
        self.is_alone = False
        self.track = PhaseLine()
        self.number = BigNumber(number_pt)
        self.step_box = StepBox()
        self.record_bar = RecordBar()
        self.notices = RoomNotices()
        self._make_words(title)
        self._make_buttons()
        column = layouts.column(self, 10)
        column.addWidget(self._top())
        column.addWidget(self.track)
        column.addSpacing(22)
        column.addWidget(self._middle(), 1)
        column.addWidget(self._foot_rule)
        column.addWidget(self._foot())
        for part in (panels, self.notices):
            part.laid_out.connect(self._follow)
        self._follow()

    # --- layout ---

    def _make_words(self, title: str) -> None:
        self._title = named(quiet(title), "room-title")
        self.wall = named(quiet(""), "wall-clock")
        self.wall.setWordWrap(False)
        self.number_words = named(text("", "medium"), "number-words")
        self.phase_title = named(heading(""), "phase-title")
        self.sentence = named(quiet(""), "phase-sentence")
        self.over = named(small(""), "phase-over")
        self.glance = named(text(""), "recording-glance")
        self.glance.setWordWrap(False)
        self.glance.hide()
        self._foot_rule = rule()

    def _make_buttons(self) -> None:
        panels, quietly = self._panels, ButtonKind.QUIET
        self.who_button = self._opener(tr("Who is here"), "open-who", panels.who, RoomKeys.WHO, quietly)
        self.unlock_button = button(tr("Unlock"), "room-unlock", self.unlock_asked.emit, quietly)
        self.unlock_button.hide()
        self.time_button = self._opener(tr("Time"), "open-time", panels.time, RoomKeys.TIME, quietly)
        self.view_button = self._opener(tr("View"), "open-view", panels.view, RoomKeys.HELP, quietly)
        self.written_button = None
        if panels.written is not None:
            self.written_button = self._opener(
                tr("In writing"), "open-written", panels.written, EvaluationKeys.WRITTEN, quietly
            )
        self.hide_prompts = button(tr("Hide prompts"), "hide-prompts", self.hide_asked.emit, shortcut=RoomKeys.PROMPTS)
        self.needs_care = self._opener(tr("Someone needs care"), "needs-care", panels.care, RoomKeys.CARE)

    def _opener(
        self, words: str, identifier: str, panel: RoomPanel, key: str, kind: ButtonKind = ButtonKind.PLAIN
    ) -> QPushButton:
        return button(words, identifier, lambda: self.open_asked.emit(panel), kind, shortcut=key)

    def _top(self) -> QWidget:
        line = QWidget()
        row = layouts.row(line, 22)
        row.addWidget(self._title, 1)
        for made in (*(self.unlock_button, self.written_button, self.who_button, self.time_button, self.view_button),):
            if made is not None:
                row.addWidget(made)
        row.addSpacing(10)
        row.addWidget(self.glance)
        row.addWidget(self.wall)
        return line

    def _middle(self) -> QWidget:
        middle = QWidget()
        row = layouts.row(middle, 48)
        row.addWidget(self._left(), 13)
        row.addWidget(self._panels, 12)
        return middle

    def _left(self) -> QWidget:
        left = QWidget()
        column = layouts.column(left, 6)
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
        row = layouts.row(foot, 10)
        row.addWidget(self.record_bar, 1)
        row.addWidget(self.hide_prompts, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.needs_care, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _follow(self) -> None:
        """Set the tab order from top to bottom, left side before right."""
        follow_layout(self)

    # --- painting ---

    def show_view(self, view: RoomView) -> None:
        """Show the room's view."""
        self.wall.setText(view.wall)
        self.track.show_segments(view.track)
        self.number.show_number(view.number, view.number_words)
        self.number_words.setText(view.number_words)
        self.phase_title.setText(view.title if not view.ended else tr("The session has ended"))
        self.sentence.setText(view.sentence if not view.ended else _after_words(view))
        self.over.setText(view.over)
        self.over.setVisible(bool(view.over))
        self.step_box.show_view(view)
        self.step_box.set_can_leave(can_leave=not view.recording.can_stop and view.recording.words != "")
        self.record_bar.show_line(view.recording, marks=view.has_begun and not view.ended, ended=view.ended)
        self._show_glance(view)
        self._locked = view.locked
        self._show_locked()
        self.notices.show_notices(view.notices)
        self.number.setVisible(not view.ended)
        self.number_words.setVisible(not view.ended)

    def _show_glance(self, view: RoomView) -> None:
        """Show "not recorded" at the top while the recording bar is scrolled out of view."""
        words = self.record_bar.words
        at = words.mapTo(self._seen_in, words.rect().center()).y()
        out_of_view = self._seen_in.isVisible() and not 0 <= at < self._seen_in.height()
        self.glance.setText(view.recording.words)
        self.glance.setVisible(bool(view.recording.trouble) and out_of_view)

    def _show_locked(self) -> None:
        self.unlock_button.setVisible(self._locked)
        for made in (self.who_button, self.written_button):
            if made is not None:
                made.setVisible(not self._locked and not self.is_alone)
        self._title.setText("" if self.is_alone else tr("Locked") if self._locked else self._title_words)

    # --- hiding ---

    def show_hiding(self, *, shows_prompts: bool) -> None:
        """Label the button by what it would do to the prompts."""
        self.hide_prompts.setText(tr("Hide prompts") if shows_prompts else tr("Show prompts"))
        self.hide_prompts.setShortcut(RoomKeys.PROMPTS)

    def set_alone(self, *, alone: bool) -> None:
        """Show the clock alone, or everything again."""
        if alone == self.is_alone:
            return
        self.is_alone = alone
        self._show_locked()
        around = (self._panels, self.track, self.time_button, self.hide_prompts, self._foot_rule)
        of_the_phase = (self.phase_title, self.sentence, self.step_box.less, self.step_box.more)
        for widget in (*around, *of_the_phase):
            widget.setVisible(not alone)


def _after_words(view: RoomView) -> str:
    if view.recording.can_stop:
        return tr("The recording still runs. Stop it when the last words are said.")
    return tr("Take the time you need. The debrief is two minutes, when the room is empty.")
