"""Leading one session: every act of the facilitator, turned into facts, and what time brings meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balint_desktop.domain.clock import Clock, Instant
from balint_desktop.domain.group.people import Group
from balint_desktop.domain.part_marks import MomentMark, QuestionMark, QuestionUndoneMark
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.session.state import OnScreen, SessionState
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import MarkKind, ParticipantCode
from balint_desktop.session.append_facts import Course
from balint_desktop.session.interfaces import Awake, Keeper
from balint_desktop.session.missed_time import Away
from balint_desktop.session.notices import Notice, NoticeKind
from balint_desktop.session.recording_controller import RecordingDesk
from balint_desktop.session.recording_facts import OnRecord


class Conductor:
    """Leads one session from Begin to the debrief, on one thread.

    It turns each act into a fact of the session's course, has the recording follow, and tells its listener that
    something changed. Nothing here advances by itself; `tick` only notices what has happened meanwhile.
    """

    def __init__(
        self,
        session_format: SessionFormat,
        group: Group,
        clock: Clock,
        keeper: Keeper,
        desk: RecordingDesk | None = None,
        *,
        awake: Awake | None = None,
    ) -> None:
        self.format = session_format
        self.group = group
        self._course = Course(session_format, clock, keeper)
        self._on_record = OnRecord(self._course, group, desk, awake)
        self._away = Away(self._course)
        self._noted_presenter = False
        self._deck = ""
        self._themes = False

    # --- looking ---

    @property
    def state(self) -> SessionState:
        """Return the session as its facts make it."""
        return self._course.state

    @property
    def notices(self) -> list[Notice]:
        """Return what is quietly told now, oldest first."""
        return self._course.notices

    @property
    def desk(self) -> RecordingDesk | None:
        """Return the recording desk, None where this session is not recorded."""
        return self._on_record.desk

    @property
    def goes_on_by_itself(self) -> bool:
        """Tell whether a recording that was lost goes on without anyone's doing, once it can."""
        return self._on_record.goes_on_by_itself

    @property
    def locked(self) -> bool:
        """Tell whether the vault is locked: then nobody starts or resumes a recording; what is recorded goes on."""
        return self._on_record.locked

    @locked.setter
    def locked(self, locked: bool) -> None:
        self._on_record.locked = locked

    def now(self) -> Instant:
        """Return the present moment, by the session's clock."""
        return self._course.now()

    def elapsed_s(self) -> float:
        """Return the session's time in seconds."""
        return self._course.elapsed_s()

    def recording_available(self) -> bool:
        """Tell whether recording is available with those now in the room."""
        return self._on_record.available()

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call this after every change."""
        self._course.on_change(changed)

    def on_level(self, heard: Callable[[], None]) -> None:
        """Call this about ten times a second while recording: the desk has a new level."""
        self._on_record.on_level(heard)

    def notice_trouble(self, trouble: Trouble) -> None:
        """Say in the room what an act was refused for."""
        self._course.notice_trouble(trouble)

    def dismiss(self, notice: Notice) -> None:
        """Put a notice away."""
        self._course.dismiss(notice)

    # --- the clock and the phases ---

    def begin(self, present: Sequence[ParticipantCode] = ()) -> None:
        """Start the session's clock."""
        self._course.happens(f.Began(at=self.now(), present=tuple(present)))
        self._note_prompts()

    def step(self) -> None:
        """Go on to the next phase. Ending is an act of its own: see `end`."""
        self._course.happens(f.StepTaken(at=self.now(), phase=self.state.phase + 1))

    def take_back(self) -> None:
        """Undo the last step, or the ending."""
        if self.state.ended_s is not None:
            self._course.happens(f.EndTakenBack(at=self.now()))
        else:
            self._course.happens(f.StepTakenBack(at=self.now()))

    def adjust(self, seconds: int) -> None:
        """Move the current phase's planned end (a minute more or less)."""
        self._course.happens(f.PhaseAdjusted(at=self.now(), seconds=seconds))

    def extend(self, seconds: int) -> None:
        """Move all marks still to come."""
        self._course.happens(f.Extended(at=self.now(), seconds=seconds))
        self._course.notice(NoticeKind.MARKS_MOVED)

    def began_earlier(self, seconds: int) -> None:
        """Put the beginning right: the group had begun so long before (or after, where negative)."""
        self._course.happens(f.BeganEarlier(at=self.now(), seconds=seconds))
        self._course.notice(NoticeKind.MARKS_MOVED)

    def out_by(self, wall: float) -> None:
        """Set the end to a wall time (seconds since 1970)."""
        self._course.happens(f.OutBy(at=self.now(), wall=wall))
        self._course.notice(NoticeKind.MARKS_MOVED)

    def end(self) -> None:
        """End the session. The recording goes on until it is stopped."""
        self._course.happens(f.Ended(at=self.now()))

    # --- the room ---

    def choose_presenter(self, code: ParticipantCode | None, case: int | None = None) -> None:
        """Note who tells the case at work, or another case; None takes it back."""
        at_work = case or self.format.phases[self.state.phase].case or 1
        self._course.happens(f.PresenterChosen(at=self.now(), case=at_work, code=code))

    def arrive(self, code: ParticipantCode) -> None:
        """Let a latecomer in. Where not everyone now in the room has agreed, the recording pauses in the same act."""
        self._course.has_happened(f.Arrived(at=self.now(), code=code))
        self._on_record.mind_who_came()

    def leave(self, code: ParticipantCode) -> None:
        """Note that somebody has left the room."""
        self._course.happens(f.Left(at=self.now(), code=code))

    def consents_changed(self, group: Group) -> None:
        """Let what the group's members agree to count from now on, for those in the room.

        Where recording stops being available, what is recorded goes off the record in the same act, and a notice
        offers the words to say, without a code or a reason. Nothing starts again by itself, whatever changes later.
        """
        if group.id == self.group.id:
            self.group = group
            self._on_record.consents_changed(group)

    def mark(self, kind: MarkKind) -> None:
        """Mark this moment, in the log and in the recording."""
        self._course.happens(f.Marked(at=self.now(), mark=kind))
        self._on_record.mark(MomentMark(kind))
        self._course.notice(NoticeKind.MARKED)

    def ask(self, question: int) -> None:
        """Note that the talk turns to a core question, in the log and in the recording."""
        self._course.happens(f.QuestionAsked(at=self.now(), question=question))
        self._on_record.mark(QuestionMark(question))

    def take_question_back(self) -> None:
        """Undo the last choice of a question."""
        question = self.state.question
        self._course.happens(f.QuestionTakenBack(at=self.now()))
        if question is not None:
            self._on_record.mark(QuestionUndoneMark(question))

    # --- the recording ---

    def start_recording(self, device: str | None = None) -> None:
        """Start recording, or go on after a loss. The fact follows with the first sound. Raise Trouble."""
        self._on_record.start(device)

    def use_microphone(self, device: str) -> None:
        """Record from another microphone from here on, as the next part. Raise Trouble."""
        self._on_record.use_microphone(device)

    def pause_recording(self) -> None:
        """Go off the record while the clock runs."""
        self._on_record.pause()

    def resume_recording(self) -> None:
        """Go on the record again, where everyone in the room has agreed. Raise Trouble."""
        self._on_record.resume()

    def strike(self) -> None:
        """Pause, and mark what was said in the last minute as never to be heard."""
        self._on_record.strike()

    def stop_recording(self) -> None:
        """Seal the recording and end it. The fact follows when it is sealed."""
        self._on_record.stop()

    # --- time passing, coming back, and the debrief ---

    def tick(self) -> None:
        """Notice what time has brought: a sleep, the quiet note at its minute, a recording left running.

        What a disk refused is kept here, too, once it takes it: nobody has to press anything for that.
        """
        now = self.now()
        self._course.keep_what_is_held()
        self._on_record.watch(now)
        self._away.look(now)
        if not self.state.begun:
            return
        if not self._noted_presenter and schedule.presenter_still_in(self.state, now):
            self._noted_presenter = True
            self._course.notice(NoticeKind.PRESENTER_STILL_IN)
        if self._on_record.is_running and schedule.is_forgotten(self.state, now):
            self.stop_recording()
            self._course.notice(NoticeKind.FORGOTTEN_STOPPED)
        self._on_record.go_on_if_due()
        self._on_record.mind_sleep()

    def come_back(self, kept: Sequence[f.Fact], sealed_s: float | None) -> None:
        """Go on where the room is, after the app was gone: `kept` are the log's facts.

        `sealed_s` is how much sound of the last part is sealed, None where nothing was being recorded.
        """
        self._away.come_back(kept, sealed_s)
        self._on_record.take_up(self.state.recording.id)

    def close(self, debrief: Debrief) -> None:
        """Keep what the debrief adds, and what is held. Raise Trouble."""
        self._course.close(debrief)

    def lay_prompts(self, deck: str, *, themes: bool) -> None:
        """Note which prompt deck is on, from the beginning or from here on: a report on the session names it."""
        self._deck, self._themes = deck, themes
        self._note_prompts()

    def _note_prompts(self) -> None:
        on = OnScreen(self._deck, self._themes)
        if self._deck and self.state.begun and self.state.ended_s is None and self.state.prompts[-1:] != (on,):
            self._course.has_happened(f.PromptsOn(at=self.now(), deck=on.deck, themes=on.themes))

    def count_prompt(self) -> None:
        """Count one prompt shown."""
        self._course.count_prompt()
