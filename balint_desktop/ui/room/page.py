"""Layout of the room, and painting a view into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QWidget

from balint_desktop.i18n import tr, tr_in
from balint_desktop.ui.room.notices import RoomNotices
from balint_desktop.ui.room.number import BigNumber, FarState
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.panels import RoomPanels
from balint_desktop.ui.room.recording_bar import RecordBar
from balint_desktop.ui.room.step_box import StepBox
from balint_desktop.ui.room.track import PhaseLine
from balint_desktop.ui.room.view import RoomView
from balint_desktop.ui.room.view_panel import EvaluationKeys, RoomKeys
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_words
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import Slot, hold_widest
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import as_text, heading, quiet, rule, small, text

# In lines of text: with less, what can be done without folds away, and the bar stays whole.
_ROOMY_WIDE = 45
_ROOMY_HIGH = 25
# Shares of the clock and of the panels, and the pixels between: where there is little room, words need more of it.
_ROOMY_HALVES = (13, 12, 40)
_NARROW_HALVES = (12, 13, 20)


class RoomPage(QWidget):
    """The room's page. `title` stands above the track; `steps` are the words that the step's button will have.

    The bar at the foot has the same places in every state: nothing that happens moves what is about to be pressed.
    """

    open_asked = Signal(object)
    unlock_asked = Signal()
    hide_asked = Signal()
    density_changed = Signal(bool)

    def __init__(
        self,
        title: str,
        panels: RoomPanels,
        number_pt: float,
        steps: Sequence[str],
        *,
        is_recorded: bool,
        is_stored: bool = True,
    ) -> None:
        super().__init__()
        self._panels = panels
        self._title_words = title
        self._is_stored = is_stored
        self._locked = False
        self._ended = False
        self._has_over = False
        self._roomy: bool | None = None
        self.is_alone = False
        self.track = PhaseLine()
        self.number = BigNumber(number_pt)
        self.afar = FarState()
        self.afar.hide()
        self.step_box = StepBox(steps, has_debrief=is_stored)
        self.record_bar = RecordBar(is_recorded=is_recorded)
        self.notices = RoomNotices()
        self._make_words()
        self._make_buttons()
        column = layouts.column(self, 8)
        column.addWidget(self._top())
        column.addWidget(self.track)
        column.addWidget(self._middle(), 1)
        column.addWidget(self._foot_rule)
        column.addWidget(self._bar())
        for part in (panels, self.notices):
            part.laid_out.connect(self._follow)
        self._follow()

    # --- layout ---

    def _make_words(self) -> None:
        self._title = _Elided("room-title")
        self.wall = named(quiet(""), "wall-clock")
        self.wall.setWordWrap(False)
        self.number_words = named(text("", "medium"), "number-words")
        self.phase_title = named(heading(""), "phase-title")
        self.sentence = named(quiet(""), "phase-sentence")
        self.over = named(small(""), "phase-over")
        self._foot_rule = rule()

    def _make_buttons(self) -> None:
        panels, quietly = self._panels, ButtonKind.QUIET
        self.who_button = self._opener(tr("Who is here"), "open-who", panels.who, RoomKeys.WHO, quietly)
        self.unlock_button = button(tr("Unlock"), "room-unlock", self.unlock_asked.emit, quietly)
        self.time_button = self._opener(tr_in("room", "Time"), "open-time", panels.time, RoomKeys.TIME, quietly)
        self.view_button = self._opener(tr("View"), "open-view", panels.view, RoomKeys.VIEW, quietly)
        self.written_button = None
        if panels.written is not None:
            self.written_button = self._opener(
                tr("In writing"), "open-written", panels.written, EvaluationKeys.WRITTEN, quietly
            )
        self.hide_prompts = button(
            tr("Hide prompts"), "hide-prompts", self.hide_asked.emit, quietly, shortcut=RoomKeys.PROMPTS
        )
        self.needs_care = self._opener(tr("Someone needs care"), "needs-care", panels.care, RoomKeys.CARE)

    def _opener(
        self, words: str, identifier: str, panel: RoomPanel, key: str, kind: ButtonKind = ButtonKind.PLAIN
    ) -> QPushButton:
        return button(words, identifier, lambda: self.open_asked.emit(panel), kind, shortcut=key)

    def _top(self) -> QWidget:
        line = QWidget()
        row = layouts.row(line, 16)
        row.addWidget(self._title, 1)
        # Who is here gives its place to Unlock: the one is not there while the other is.
        self._who = Slot(self.who_button, self.unlock_button)
        self._prompts = Slot(self.hide_prompts)
        self._written = Slot(self.written_button) if self.written_button is not None else None
        row.addWidget(self._prompts)
        if self._written is not None:
            row.addWidget(self._written)
        for made in (self._who, self.time_button, self.view_button, self.wall):
            row.addWidget(made)
        self._hold_sizes()
        return line

    def _hold_sizes(self) -> None:
        hold_widest(self.hide_prompts, (tr("Hide prompts"), tr("Show prompts")))

    def _middle(self) -> QWidget:
        middle = _Shrinking()
        self._halves = layouts.row(middle)
        self._halves.addWidget(self._left())
        self._halves.addWidget(self._panels)
        return middle

    def _left(self) -> QWidget:
        """Return the clock's side, with the notices on a layer above it."""
        left, clock = QWidget(), QWidget()
        column = layouts.column(clock, 6)
        column.addSpacing(4)
        column.addWidget(self.number)
        column.addWidget(self.afar)
        column.addSpacing(8)
        column.addWidget(self.number_words)
        column.addSpacing(8)
        for widget in (self.phase_title, self.sentence, self.over):
            column.addWidget(widget)
        column.addStretch(0)
        self._clock = column
        words = (self.number_words, self.phase_title, self.sentence, self.over)
        self.notices.lie_over(clock, words, free=(self.number, self.afar))
        layers = QStackedLayout(left)
        layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        layers.addWidget(self.notices)
        layers.addWidget(clock)
        return left

    def _bar(self) -> QWidget:
        bar = named(QWidget(), "room-bar")
        column = layouts.column(bar, 8)
        steps = QWidget()
        row = layouts.row(steps, 10)
        row.addWidget(self.step_box, 1)
        row.addWidget(self.needs_care, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(steps)
        column.addWidget(self.record_bar)
        return bar

    def _follow(self) -> None:
        """Set the tab order from top to bottom, left side before right."""
        follow_layout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._hold_sizes()
            self._adapt()

    def _adapt(self) -> None:
        """Fold away what can be done without where there is little room for the text's size."""
        self.afar.updateGeometry()
        line = self.wall.fontMetrics().height()
        window = self.window().size()
        roomy = window.width() >= _ROOMY_WIDE * line and window.height() >= _ROOMY_HIGH * line
        if roomy != self._roomy:
            self._roomy = roomy
            self.track.set_labelled(labelled=roomy)
            self.step_box.set_roomy(roomy=roomy)
            self.record_bar.set_roomy(roomy=roomy)
            self._share(_ROOMY_HALVES if roomy else _NARROW_HALVES)
            self._show_parts()
            self.density_changed.emit(roomy)

    def _share(self, halves: tuple[int, int, int]) -> None:
        """Share the width between the clock and the panels."""
        clock, panels, between = halves
        self._halves.setStretch(0, clock)
        self._halves.setStretch(1, panels)
        self._halves.setSpacing(between)

    # --- painting ---

    def show_view(self, view: RoomView) -> None:
        """Show the room's view."""
        self._locked, self._ended, self._has_over = view.locked, view.ended, bool(view.over)
        _set(self.wall, view.wall)
        self.track.show_segments(view.track)
        self.number.show_number(view.number, view.number_words)
        self.afar.show_state(view.recording.words, live=view.recording.live)
        _set(self.number_words, view.number_words)
        _set(self.phase_title, view.title if not view.ended else tr("The session has ended"))
        _set(self.sentence, view.sentence if not view.ended else _after_words(view, is_stored=self._is_stored))
        _set(self.over, view.over)
        self.step_box.show_view(view)
        self.step_box.set_can_leave(can_leave=not view.recording.can_stop and view.recording.words != "")
        self.record_bar.show_line(view.recording, marks=view.has_begun and not view.ended, ended=view.ended)
        notice, words = view.notice or (None, "")
        self.notices.show_notice(notice, words, can_choose=_offers_microphone(view))
        self._show_parts()

    def _show_parts(self) -> None:
        """Show what belongs to this state, in this much room."""
        alone, roomy = self.is_alone, self._roomy is not False
        for widget in (self.number, self.number_words):
            widget.setVisible(not self._ended)
        self.phase_title.setVisible(not alone or self._ended)
        self.sentence.setVisible((roomy and not alone) or self._ended)
        self.over.setVisible(self._has_over and roomy and not alone)
        self.afar.setVisible(alone)
        self._who.show_page(self.unlock_button if self._locked else None if alone else self.who_button)
        if self._written is not None:
            self._written.show_page(self.written_button if not (self._locked or alone) else None)
        self._prompts.show_page(self.hide_prompts if not alone and self._panels.offers_prompts else None)
        self._title.show_words("" if alone else tr("Locked") if self._locked else self._title_words)

    # --- hiding ---

    def show_hiding(self, *, shows_prompts: bool) -> None:
        """Label the button by what it would do to the prompts."""
        words = tr("Hide prompts") if shows_prompts else tr("Show prompts")
        if words != self.hide_prompts.text():
            set_words(self.hide_prompts, words)
        self._show_parts()

    def set_alone(self, *, alone: bool) -> None:
        """Show the clock alone, filling the page, or everything again. The bar stays as it is."""
        if alone == self.is_alone:
            return
        self.is_alone = alone
        self.number.set_filling(fills=alone)
        self._clock.setStretchFactor(self.number, 1 if alone else 0)
        self.notices.set_flat(flat=alone)
        # The notice then lies over this line alone, and covers neither the number nor the recording's state.
        self.number_words.setAlignment(Qt.AlignmentFlag.AlignTop if alone else Qt.AlignmentFlag.AlignVCenter)
        self.number_words.setMinimumHeight(self.notices.flat_height() if alone else 0)
        for widget in (self._panels, self.track):
            widget.setVisible(not alone)
        self._show_parts()


class _Shrinking(QWidget):
    """The middle of the page: it gives all its room before the bar gives any."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Elided(QLabel):
    """A line that ends in an ellipsis where it does not fit, and is whole for a screen reader and under the mouse."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        named(as_text(self, "quiet"), identifier)
        self.setWordWrap(False)
        self._words = ""

    def show_words(self, words: str) -> None:
        """Show these words."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.setToolTip(words)
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 2, super().sizeHint().height())

    def _elide(self) -> None:
        _set(self, self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


def _set(label: QLabel, words: str) -> None:
    """Set a label's text if it differs: setting the same one would lay the page out anew."""
    if label.text() != words:
        label.setText(words)


def _offers_microphone(view: RoomView) -> bool:
    return view.recording.can_choose and view.notice is not None and view.notice[1] == view.recording.trouble


def _after_words(view: RoomView, *, is_stored: bool) -> str:
    if view.recording.can_stop:
        return tr("Still recording. Stop when everyone has finished.")
    if not is_stored:
        return tr("Take the time you need. Nothing of this session is stored.")
    return tr("Take the time you need. The debrief takes two minutes, once everyone has left.")
