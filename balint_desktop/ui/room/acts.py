"""Actions of the room: one method per button, with its spoken words and refusals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from balint_desktop.domain.session.state import NotNow
from balint_desktop.domain.values import MarkKind
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.room.end_panel import EndPanel
from balint_desktop.ui.room.question_guide import QuestionGuide
from balint_desktop.ui.room.recording_bar import RecordBar
from balint_desktop.ui.room.say_panel import SpokenPanel
from balint_desktop.ui.room.step_box import StepBox
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.lifetime import subscribe


class RoomActions(QObject):
    """Runs the room's actions. `say` shows words beside the clock, `refresh` updates the room."""

    def __init__(
        self,
        session: SessionController,
        parent: QObject,
        *,
        begin: Callable[[], None],
        device: Callable[[], str | None],
        say: Callable[[SpokenPanel], None],
        refresh: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._begin = begin
        self._device = device
        self._say = say
        self._refresh = refresh

    def follow_steps(self, box: StepBox) -> None:
        """Connect the step box. Beginning, ending and leaving are handled by the room, which has more to do."""
        subscribe(self, box.step_asked, lambda: self.run(self._session.step))
        subscribe(self, box.undo_asked, lambda: self.run(self._session.undo_step))
        subscribe(self, box.adjusted, lambda seconds: self.run(lambda: self._session.adjust_phase(seconds)))

    def follow_end(self, panel: EndPanel) -> None:
        """Connect the panel that asks before the end."""
        panel.end_asked.connect(self.end)

    def follow_recording(self, bar: RecordBar) -> None:
        """Connect the recording bar. Pausing is handled by the room, which knows whether words are wanted."""
        bar.start_asked.connect(self.start)
        bar.resume_asked.connect(self.resume)
        subscribe(self, bar.redact_asked, lambda: self.run(self._session.recording.redact_last_minute))
        bar.stop_asked.connect(self.stop)
        bar.resume_after_loss_asked.connect(self.resume_after_loss)

    def follow_guide(self, guide: QuestionGuide) -> None:
        """Connect the question guide of an evaluation."""
        subscribe(self, guide.asked, lambda question: self.run(lambda: self._session.ask_question(question)))
        subscribe(self, guide.undo_asked, lambda: self.run(self._session.undo_question))

    def run(self, act: Callable[[], None]) -> None:
        """Run an action; ignore it if not possible now, and show a write error in the room."""
        try:
            with Attempt(self._session.notices.add_trouble):
                act()
        except NotNow:
            self._refresh()

    def begin(self) -> None:
        """Begin the session."""
        self.run(self._begin)

    def count_prompt(self) -> None:
        """Count a prompt shown."""
        self.run(self._session.facts.count_prompt)

    def mark(self, kind: MarkKind) -> None:
        """Mark this moment."""
        self.run(lambda: self._session.mark_moment(kind))

    def end(self, stop: bool) -> None:
        """End the session, and stop its recording as well where that is meant."""
        self.run(self._session.end)
        if stop and self._session.state.ended_s is not None:
            self.run(self._session.recording.stop)

    def undo_redaction(self) -> None:
        """Bring the last minute back."""
        self.run(self._session.recording.undo_redaction)

    # --- the recording ---

    def start(self) -> None:
        """Show the words for starting the recorder; it starts when they are confirmed."""
        words = tr("I’m starting the recorder now. Ask me or give me a sign and I’ll pause it.")
        again = tr("I’m starting the recorder again. Ask me or give me a sign and I’ll pause it.")
        self._say(
            SpokenPanel(
                "say-start",
                tr("Start recording"),
                again if self._session.state.recording.id is not None else words,
                tr("Start now"),
                lambda: self.run(lambda: self._session.recording.start(self._device())),
            )
        )

    def resume_after_loss(self) -> None:
        """Resume after a loss in one press: everyone had agreed to recording before."""
        self.run(lambda: self._session.recording.start(self._device()))
        words = tr("The recorder had stopped for a moment. I’ve started it again.")
        self._say(SpokenPanel("say-again", tr("Resume recording"), words))

    def pause(self, *, words_wanted: bool) -> None:
        """Pause at once; the words follow, where wanted."""
        self.run(self._session.recording.pause)
        words = tr("I’ve paused the recorder. Let me know if and when I may resume.")
        if words_wanted:
            self._say(SpokenPanel("say-pause", tr("Off the record"), words))

    def resume(self) -> None:
        """Show the words for resuming; it resumes when they are confirmed."""
        self._say(
            SpokenPanel(
                "say-resume",
                tr("Resume recording"),
                tr("I’m starting the recorder again, if that’s all right with everyone."),
                tr("Resume now"),
                lambda: self.run(self._session.recording.resume),
            )
        )

    def stop(self) -> None:
        """Show the words for stopping; it stops when they are confirmed."""
        self._say(
            SpokenPanel(
                "say-stop",
                tr("Stop recording"),
                tr("I’m stopping the recorder now."),
                tr("Stop now"),
                lambda: self.run(self._session.recording.stop),
            )
        )
