"""Lead one session: turn each action of the facilitator into a fact, and handle the passing of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balint_desktop.domain import clock as clocks
from balint_desktop.domain.clock import Clock, Instant
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.part_marks import MomentMark, QuestionAskedMark, QuestionUndoneMark
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.session.state import OnScreen, SessionState
from balint_desktop.domain.values import MarkKind, ParticipantCode
from balint_desktop.session.append_facts import SessionFacts
from balint_desktop.session.interfaces import SessionLog, SleepInhibitor
from balint_desktop.session.listeners import Unsubscribe
from balint_desktop.session.missed_time import MissedTime
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import RecordingController
from balint_desktop.session.recording_facts import SessionRecording


class SessionController:
    """Leads one session from Begin to the debrief, on one thread.

    Its parts are meant to be used directly: `facts` holds the state and appends to it, `recording` controls the
    recording, and `notices` are the quiet notices shown. Nothing advances automatically; `tick` only handles what has
    happened since. Actions raise NotNow if they are not possible in the current state, and Trouble if they cannot be
    written.
    """

    def __init__(
        self,
        session_format: SessionFormat,
        group: Group,
        clock: Clock,
        log: SessionLog,
        recording: RecordingController | None = None,
        *,
        sleep_inhibitor: SleepInhibitor | None = None,
        awake_s: Callable[[], float] = clocks.awake_s,
    ) -> None:
        self.format = session_format
        self.group = group
        self.facts = SessionFacts(session_format, clock, log)
        self.notices = self.facts.notices
        self.recording = SessionRecording(self.facts, group, recording, sleep_inhibitor)
        self._missed_time = MissedTime(self.facts, awake_s)
        self._deck = ""
        self._themes = False

    @property
    def state(self) -> SessionState:
        """Return the session's state, computed from its facts."""
        return self.facts.state

    def now(self) -> Instant:
        """Return the current time by the session's clock."""
        return self.facts.now()

    def elapsed_s(self) -> float:
        """Return the elapsed session time in seconds."""
        return self.facts.elapsed_s()

    def on_change(self, changed: Callable[[], None]) -> Unsubscribe:
        """Register a callback that is called after every change."""
        return self.facts.on_change(changed)

    # --- the clock and the phases ---

    def begin(self, present: Sequence[ParticipantCode] = ()) -> None:
        """Start the session's clock."""
        self.facts.append(f.Began(at=self.now(), present=tuple(present)))
        self._note_prompts()

    def step(self) -> None:
        """Enter the next phase. The session is ended by `end`, not by a step."""
        self.facts.append(f.StepTaken(at=self.now(), phase=self.state.phase + 1))

    def undo_step(self) -> None:
        """Undo the last step, or the end."""
        if self.state.ended_s is not None:
            self.facts.append(f.EndTakenBack(at=self.now()))
        else:
            self.facts.append(f.StepTakenBack(at=self.now()))

    def adjust_phase(self, seconds: int) -> None:
        """Move the current phase's planned end; negative is earlier."""
        self.facts.append(f.PhaseAdjusted(at=self.now(), seconds=seconds))

    def extend(self, seconds: int) -> None:
        """Move all remaining marks."""
        self.facts.append(f.Extended(at=self.now(), seconds=seconds))
        self.notices.add(NoticeKind.MARKS_MOVED)

    def move_start_earlier(self, seconds: int) -> None:
        """Correct the start: the group began this many seconds earlier, or later if negative."""
        self.facts.append(f.BeganEarlier(at=self.now(), seconds=seconds))
        self.notices.add(NoticeKind.MARKS_MOVED)

    def set_end_time(self, wall: float) -> None:
        """Set the end to a wall time (seconds since 1970)."""
        self.facts.append(f.OutBy(at=self.now(), wall=wall))
        self.notices.add(NoticeKind.MARKS_MOVED)

    def end(self) -> None:
        """End the session. A recording runs until it is stopped."""
        self.facts.append(f.Ended(at=self.now()))

    # --- the room ---

    def choose_presenter(self, code: ParticipantCode | None, case: int | None = None) -> None:
        """Record who presents the current case, or the given one; None undoes it."""
        current = case or self.format.phases[self.state.phase].case or 1
        self.facts.append(f.PresenterChosen(at=self.now(), case=current, code=code))

    def mark_arrived(self, code: ParticipantCode) -> None:
        """Record a latecomer. If not everyone now in the room has agreed, the recording pauses at once."""
        self.facts.append_deferred(f.Arrived(at=self.now(), code=code))
        self.recording.on_arrival()

    def mark_left(self, code: ParticipantCode) -> None:
        """Record that a member has left the room."""
        self.facts.append(f.Left(at=self.now(), code=code))

    def mark_observer_arrived(self, *, agreed: bool) -> None:
        """Record an observer or visitor who came in, or their answer. Off the record at once until they have agreed."""
        self.facts.append_deferred(f.ObserverArrived(at=self.now(), agreed=agreed))
        self.recording.on_arrival()

    def mark_observer_left(self) -> None:
        """Record that no such person is in the room any more. Nothing resumes by itself."""
        self.facts.append(f.ObserverLeft(at=self.now()))

    def update_group(self, group: Group) -> None:
        """Apply the group members' current consents from now on, to those in the room.

        If recording is no longer available, the recording goes off the record at once, and a notice offers the words to
        say, without a code or a reason. Nothing restarts automatically, whatever changes later.
        """
        if group.id == self.group.id:
            self.group = group
            self.recording.update_group(group)

    def mark_moment(self, kind: MarkKind) -> None:
        """Mark this moment, in the log and in the recording."""
        self.facts.append(f.Marked(at=self.now(), mark=kind))
        self.recording.mark(MomentMark(kind))

    def ask_question(self, question: int) -> None:
        """Record that the discussion turns to a core question, in the log and in the recording."""
        self.facts.append(f.QuestionAsked(at=self.now(), question=question))
        self.recording.mark(QuestionAskedMark(question))

    def undo_question(self) -> None:
        """Undo the last turn to a question."""
        asked = self.state.asked
        self.facts.append(f.QuestionTakenBack(at=self.now()))
        self.recording.mark(QuestionUndoneMark(asked[-1].question))

    # --- time passing, restoring, and the debrief ---

    def tick(self) -> None:
        """Handle the time passed: missed time, a recording left running, one to be resumed.

        Failed writes are also retried here, so that no one has to press anything. Raises nothing.
        """
        now = self.now()
        self.facts.flush_pending()
        self.recording.check(now)
        self._missed_time.check(now)
        if not self.state.has_begun:
            return
        if self.recording.is_running and schedule.is_forgotten(self.state, now):
            self.recording.stop()
            self.notices.add(NoticeKind.FORGOTTEN_STOPPED)
        self.recording.resume_if_due()
        self.recording.update_sleep_inhibitor()

    def restore(self, logged: Sequence[f.Fact], sealed_s: float | None) -> None:
        """Restore a session that the app left, from the facts in its log. Raise Trouble.

        `sealed_s` is how many seconds of the last part are sealed, None if nothing was being recorded.
        """
        self._missed_time.restore(logged, sealed_s)
        self.recording.adopt(self.state.recording.id)

    def close(self, debrief: Debrief) -> None:
        """Write the debrief, after all queued writes. Raise Trouble."""
        self.facts.close(debrief)

    def set_prompt_deck(self, deck: str, *, themes: bool) -> None:
        """Record the prompt deck shown, from the start or from now on: a report on the session names it."""
        self._deck, self._themes = deck, themes
        self._note_prompts()

    def _note_prompts(self) -> None:
        on = OnScreen(self._deck, self._themes)
        if self._deck and self.state.has_begun and self.state.ended_s is None and self.state.prompts[-1:] != (on,):
            self.facts.append_deferred(f.PromptsOn(at=self.now(), deck=on.deck, themes=on.themes))
