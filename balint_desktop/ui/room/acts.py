"""Actions of the room: one method a button, with its spoken words and refusals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from balint_desktop.domain.session.state import NotNow
from balint_desktop.domain.values import MarkKind
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.room.question_guide import QuestionGuide
from balint_desktop.ui.room.record_bar import RecordBar
from balint_desktop.ui.room.say_panel import SayPanel
from balint_desktop.ui.room.step_box import StepBox
from balint_desktop.ui.shell.messages import Attempt
from balint_desktop.ui.widgets.lifetime import subscribe


class RoomActs(QObject):
    """Turns presses into acts. `say` shows words beside the clock, `refresh` shows the room as it is."""

    def __init__(
        self,
        session: SessionController,
        parent: QObject,
        *,
        begin: Callable[[], None],
        device: Callable[[], str | None],
        say: Callable[[SayPanel], None],
        refresh: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._begin = begin
        self._device = device
        self._say = say
        self._refresh = refresh

    def follow_steps(self, box: StepBox) -> None:
        """Do what the step box asks for. Beginning and leaving are the room's, which has more to do then."""
        subscribe(self, box.step_asked, lambda: self.do(self._session.step))
        subscribe(self, box.take_back_asked, lambda: self.do(self._session.undo_step))
        subscribe(self, box.end_asked, lambda: self.do(self._session.end))
        subscribe(self, box.adjusted, lambda seconds: self.do(lambda: self._session.adjust_phase(seconds)))

    def follow_recording(self, bar: RecordBar) -> None:
        """Do what the recording's line asks for. Pausing is the room's, which knows whether words are wanted."""
        bar.start_asked.connect(self.start)
        bar.resume_asked.connect(self.resume)
        subscribe(self, bar.strike_asked, lambda: self.do(self._session.recording.redact_last_minute))
        bar.stop_asked.connect(self.stop)
        bar.again_asked.connect(self.start_again)
        bar.marked.connect(self.mark)

    def follow_guide(self, guide: QuestionGuide) -> None:
        """Do what the guide of an evaluation asks for."""
        subscribe(self, guide.asked, lambda question: self.do(lambda: self._session.ask_question(question)))
        subscribe(self, guide.taken_back, lambda: self.do(self._session.undo_question))

    def do(self, act: Callable[[], None]) -> None:
        """Do something; what cannot be now is left undone, and what the disk refuses is said in the room."""
        try:
            with Attempt(self._session.notices.add_trouble):
                act()
        except NotNow:
            self._refresh()

    def begin(self) -> None:
        """Begin the session."""
        self.do(self._begin)

    def count_prompt(self) -> None:
        """Count a prompt that is shown."""
        self.do(self._session.facts.count_prompt)

    def mark(self, kind: MarkKind) -> None:
        """Mark this moment."""
        self.do(lambda: self._session.mark_moment(kind))

    # --- the recording ---

    def start(self) -> None:
        """Show the words for starting the recorder; it starts when they are said."""
        words = tr("Everyone has agreed, so I’m starting the recorder. Ask me, or signal, and I pause it.")
        again = tr("I’m starting the recorder again. Ask me, or signal, and I pause it.")
        self._say(
            SayPanel(
                "say-start",
                tr("Start recording"),
                again if self._session.state.recording.id is not None else words,
                tr("Start now"),
                lambda: self.do(lambda: self._session.recording.start(self._device())),
            )
        )

    def start_again(self) -> None:
        """Go on after a loss in one press: it had been started with everyone's word."""
        self.do(lambda: self._session.recording.start(self._device()))
        words = tr("The recorder had stopped for a moment. I have started it again.")
        self._say(SayPanel("say-again", tr("Go on recording"), words))

    def pause(self, *, words_wanted: bool) -> None:
        """Go off the record at once; the words come after, where they are wanted."""
        self.do(self._session.recording.pause)
        words = tr("I have paused the recorder. Tell me when, or whether, to go on.")
        if words_wanted:
            self._say(SayPanel("say-pause", tr("Off the record"), words))

    def resume(self) -> None:
        """Show the words for going on; it goes on when they are said."""
        self._say(
            SayPanel(
                "say-resume",
                tr("Go on recording"),
                tr("I’m starting the recorder again, if that is all right with everyone."),
                tr("Go on now"),
                lambda: self.do(self._session.recording.resume),
            )
        )

    def stop(self) -> None:
        """Show the words for stopping; it stops when they are said."""
        self._say(
            SayPanel(
                "say-stop",
                tr("Stop recording"),
                tr("I’m stopping the recorder now. What was recorded is sealed."),
                tr("Stop and seal"),
                lambda: self.do(self._session.recording.stop),
            )
        )
