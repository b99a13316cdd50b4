"""Open and close the panels beside the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.cards import SpokenWords
from balint_desktop.domain.session.prompts import PromptBank
from balint_desktop.domain.values import ParticipantCode, SessionKind
from balint_desktop.session.controller import SessionController
from balint_desktop.session.prompting import PromptSelection
from balint_desktop.ui.room.care_panel import CarePanel
from balint_desktop.ui.room.end_panel import EndPanel
from balint_desktop.ui.room.mark_panel import MarkPanel
from balint_desktop.ui.room.microphone_panel import MicrophonePanel, Microphones
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.prompts_panel import PromptsPanel
from balint_desktop.ui.room.prompts_setting import PromptsShown
from balint_desktop.ui.room.question_guide import QuestionGuide
from balint_desktop.ui.room.say_panel import SpokenPanel
from balint_desktop.ui.room.time_panel import TimePanel
from balint_desktop.ui.room.view import RoomView, recording_line
from balint_desktop.ui.room.view_panel import ViewPanel
from balint_desktop.ui.room.who_panel import AttendancePanel
from balint_desktop.ui.room.wording import mark_time
from balint_desktop.ui.room.written_panel import WrittenPanel
from balint_desktop.ui.widgets import layouts


class RoomPanels(QWidget):
    """The right side of the room: the prompts, or one panel in their place.

    Words to say and the unlock panel are temporary: added when needed and removed afterwards.
    """

    back_asked = Signal()
    laid_out = Signal()

    def __init__(
        self,
        session: SessionController,
        bank: PromptBank,
        count_prompt: Callable[[], None],
        pause: Callable[[], None],
        microphones: Microphones | None,
        *,
        labels: Mapping[ParticipantCode, str] | None = None,
        others: Sequence[str] = (),
        shown: PromptsShown = PromptsShown.ALWAYS,
    ) -> None:
        super().__init__()
        self._session = session
        self._shown = shown
        evaluation = session.format.kind is SessionKind.EVALUATION
        recorded = session.recording.controller is not None
        support = session.group.support
        themes = _themes(session)
        self.table = PromptSelection(bank, session.format, count_prompt, themes=themes, recorded=recorded)
        self._deck = bank.deck
        session.set_prompt_deck(self._deck, themes=themes)
        questions = session.format.questions
        self.guide = QuestionGuide(questions, themes=themes) if questions else None
        self.prompts = PromptsPanel(self.table, support, self._left_s, self.guide)
        self.shows_prompts = True
        self.care = CarePanel(self.table, support, pause, lambda: recording_line(session).can_pause)
        self.who = AttendancePanel(session, labels, others)
        self.time = TimePanel(session)
        self.view = ViewPanel(
            themes=themes,
            for_research=session.group.for_research,
            evaluation=evaluation,
            offers_microphones=recorded and microphones is not None,
        )
        self.mark = MarkPanel(is_recorded=recorded)
        self.end = EndPanel(session.format.end_words)
        self.microphone = MicrophonePanel(microphones) if microphones is not None else None
        self.written = WrittenPanel(online=session.format.online) if evaluation else None
        self._say: SpokenPanel | None = None
        self._unlock: RoomPanel | None = None
        self._help: RoomPanel | None = None
        self._column = layouts.column(self)
        self._panels: list[QWidget] = []
        fixed = (self.prompts, self.care, self.who, self.time, self.view, self.mark, self.end)
        for panel in (*fixed, self.microphone, self.written):
            if panel is not None:
                self._add(panel)
                panel.setVisible(panel is self.prompts)
        self.prompts.laid_out.connect(self.laid_out)
        if self.microphone is not None:
            self.microphone.laid_out.connect(self.laid_out)
        self.view.themes_changed.connect(self._on_themes)

    def minimumSizeHint(self) -> QSize:
        # The panels scroll inside, so that the bar below them never leaves the screen.
        return QSize(super().minimumSizeHint().width(), 0)

    # --- contents ---

    def enter_phase(self, phase: int, card: SpokenWords | None = None) -> None:
        """Show the prompts of a phase, if they are wanted; `card` has the words shown first."""
        said = card.lines if card is not None else ()
        self.table.enter_phase(self._session.format.phases[phase], self._left_s(), said)
        self.prompts.lay_out()
        if phase > 0 and self._shown is not PromptsShown.ALWAYS:
            self.shows_prompts = False
            if not self.prompts.isHidden():
                self._show(None)

    @property
    def offers_prompts(self) -> bool:
        """Whether there is a button for the prompts: not where they are never wanted; their key always works."""
        return self._shown is not PromptsShown.NEVER or self.shows_prompts

    def show_view(self, view: RoomView) -> None:
        """Refresh the open panel. After the end there are no prompts."""
        mark = schedule.next_mark(self._session.state)
        self.prompts.show_card(view.card, mark_time(self._session.state, mark, self._session.now()))
        if self.guide is not None:
            self.guide.show_asked(view.asked, view.question)
        self.end.show_recording(is_recording=view.recording.can_stop)
        if view.ended and not (self.prompts.isHidden() and self.end.isHidden()):
            self._show(None)
        elif not view.ends and not self.end.isHidden():
            self.show_prompts()
        for panel in (self.care, self.who, self.time):
            if not panel.isHidden():
                panel.refresh()

    def _left_s(self) -> float:
        return schedule.phase_end_s(self._session.state) - self._session.elapsed_s()

    def _on_themes(self, themes: bool) -> None:
        self.table.set_themes(themes=themes, left_s=self._left_s())
        self._session.set_prompt_deck(self._deck, themes=themes)
        if self.guide is not None:
            self.guide.set_themes(themes=themes)
        self.prompts.lay_out()

    # --- opening and closing ---

    def open(self, panel: RoomPanel) -> None:
        """Open a panel in place of the prompts, and focus it."""
        self._remove_words()
        if isinstance(panel, TimePanel | AttendancePanel):
            panel.opened()
        panel.refresh()
        self._show(panel)
        panel.focus_first()

    def show_words(self, panel: SpokenPanel) -> None:
        """Show words to say in place of the prompts; they are removed when something else opens."""
        self._remove_words()
        self._say = panel
        self._add(panel)
        self._show(panel)
        panel.focus_first()

    def show_prompts(self) -> None:
        """Show the prompts again, or nothing if they are hidden or the session has ended."""
        self._remove_words()
        ended = self._session.state.ended_s is not None
        self._show(self.prompts if self.shows_prompts and not ended else None)

    def _show(self, shown: QWidget | None) -> None:
        for panel in self._panels:
            panel.setVisible(panel is shown)
        self.laid_out.emit()

    def _remove_words(self) -> None:
        if self._say is not None:
            self._remove(self._say)
            self._say = None

    # --- help ---

    def help(self) -> RoomPanel:
        """Return the panel of Help, built when it is first asked for."""
        if self._help is None:
            from balint_desktop.ui.room.help_panel import HelpPanel  # noqa: PLC0415  its page is read when asked for

            self._help = HelpPanel(online=self._session.format.online)
            self._add(self._help)
            self._help.hide()
        return self._help

    # --- unlock panel ---

    @property
    def unlock(self) -> RoomPanel | None:
        """The unlock panel, None if the vault is not locked."""
        return self._unlock

    @property
    def waits_for_passphrase(self) -> bool:
        """Whether the open panel shows codes or would record, and must wait while the vault is locked."""
        writing = self.written is not None and not self.written.isHidden()
        return writing or not self.who.isHidden() or self._say is not None

    def add_unlock(self, panel: RoomPanel) -> None:
        """Add an unlock panel without opening it."""
        self._unlock = panel
        self._add(panel)
        panel.hide()

    def remove_unlock(self) -> bool:
        """Remove the unlock panel. Return whether it was open, which leaves its place empty."""
        if self._unlock is None:
            return False
        panel, self._unlock = self._unlock, None
        was_open = not panel.isHidden()
        self._remove(panel)
        return was_open

    # --- temporary panels ---

    def _add(self, panel: QWidget) -> None:
        if isinstance(panel, RoomPanel):
            panel.back_asked.connect(self.back_asked)
        self._panels.append(panel)
        self._column.addWidget(panel)

    def _remove(self, panel: QWidget) -> None:
        self._panels.remove(panel)
        layouts.discard(self._column, panel)


def _themes(session: SessionController) -> bool:
    """Return whether prompts based on the paper's findings may be shown: the last choice, else the default."""
    return session.state.prompts[-1].themes if session.state.prompts else not session.group.for_research
