"""When a session is recorded: who has agreed, what is asked of the recorder, and what it tells, turned into facts."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.group.people import Group, recording_available
from balint_desktop.domain.part_marks import PartMark, PhaseMark, QuestionMark, RedactionMark, SessionKindMark
from balint_desktop.domain.recorder import PartPlace
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.recording_view import RecordingView, Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, RecordingState, SessionKind
from balint_desktop.session.append_facts import Course
from balint_desktop.session.auto_resume import GoingOn
from balint_desktop.session.interfaces import Awake
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import DeskEvents, DeskState, RecordingDesk

_STRIKE_S = 60.0


class OnRecord:
    """Holds the recording desk of a session, None where it is not recorded, and the gate of consent before it."""

    def __init__(self, course: Course, group: Group, desk: RecordingDesk | None, awake: Awake | None) -> None:
        self.desk = desk
        # While the vault is locked nobody starts or resumes a recording; what is being recorded goes on.
        self.locked = False
        self._course = course
        self._group = group
        self._awake = awake
        self._going_on = GoingOn()
        self._level_heard: Callable[[], None] = lambda: None
        course.on_fact(self._on_fact)
        if desk is not None:
            desk.listen(
                DeskEvents(
                    started=self._on_started,
                    lost=self._on_lost,
                    gap=self._on_gap,
                    nothing=self._on_nothing,
                    stopped=self._on_stopped,
                    changed=self._tell,
                    level=self._tell_level,
                    keep=course.keep,
                )
            )

    def available(self) -> bool:
        """Tell whether recording is available with those now in the room."""
        return self.desk is not None and recording_available(self._group, self._course.state.present)

    @property
    def goes_on_by_itself(self) -> bool:
        """Tell whether a recording that was lost goes on without anyone's doing, once it can."""
        return self._going_on.waits

    @property
    def is_running(self) -> bool:
        """Tell whether a recorder runs."""
        return self.desk is not None and self.desk.state is DeskState.RUNNING

    @property
    def _view(self) -> RecordingView:
        return self._course.state.recording

    def on_level(self, heard: Callable[[], None]) -> None:
        """Call this about ten times a second while recording: the desk has a new level."""
        self._level_heard = heard

    # --- what the facilitator does ---

    def start(self, device: str | None) -> None:
        """Start recording, or go on after a loss. The fact follows with the first sound. Raise Trouble."""
        self._require_unlocked()
        if self.desk is None or not self.available():
            return
        self._going_on.drop()
        self.desk.start(self._course.elapsed_s(), device)
        self._tell()

    def use_microphone(self, device: str) -> None:
        """Record from another microphone from here on, as the next part. Raise Trouble."""
        if self.desk is None:
            return
        if self.desk.state is not DeskState.IDLE:
            self.desk.replace(device)
        elif self._going_on.waits:
            self.desk.device = device
            self._go_on()
        else:
            self.start(device)
        self._course.tell_changed()

    def pause(self) -> None:
        """Go off the record while the clock runs."""
        if self.desk is not None and self._view.state is RecordingState.RECORDING:
            self.desk.pause()
            self._course.has_happened(f.RecordingPaused(at=self._course.now()))

    def resume(self) -> None:
        """Go on the record again, where everyone in the room has agreed. Raise Trouble."""
        self._require_unlocked()
        resumable = self._view.state is RecordingState.PAUSED and self.available()
        if self.desk is not None and resumable:
            # Kept first: what cannot be kept must not be recorded while the room says that it is not.
            self._course.happens(f.RecordingResumed(at=self._course.now()))
            self.desk.resume()

    def strike(self) -> None:
        """Pause, and mark what was said in the last minute as never to be heard."""
        if self.desk is None or self._view.id is None:
            return
        self.desk.mark(RedactionMark(_STRIKE_S))
        self.pause()
        self._course.has_happened(f.Redacted(at=self._course.now(), seconds=_STRIKE_S))
        self._course.notice(NoticeKind.STRUCK)

    def stop(self) -> None:
        """Seal the recording and end it. The fact follows when it is sealed."""
        if self.desk is not None:
            self._going_on.drop()
            self.desk.stop()
            self._tell()

    def mark(self, mark: PartMark) -> None:
        """Write a mark into the recording."""
        if self.desk is not None:
            self.desk.mark(mark)

    def mind_who_came(self) -> None:
        """Pause where not everyone now in the room has agreed."""
        if self._view.state is RecordingState.RECORDING and not self.available():
            self.pause()
            self._course.notice(NoticeKind.LATECOMER_PAUSED)
        elif not self.available():
            # Nothing starts by itself after somebody came who has not agreed, even where they leave again.
            self._going_on.drop()
            self._course.tell_changed()

    def consents_changed(self, group: Group) -> None:
        """Go off the record at once where not everyone in the room agrees any more; start nothing where they do."""
        self._group = group
        if not self.available():
            self._going_on.drop()
            if self._view.state is RecordingState.RECORDING:
                self.pause()
                self._course.notice(NoticeKind.OFF_THE_RECORD_FROM_NOW)
            elif self.desk is not None and self.desk.state is DeskState.STARTING:
                # Its first sample must be silence; the fact follows with its first report.
                self.desk.pause()
        self._tell()

    def take_up(self, recording: RecordingId | None) -> None:
        """Go on with the recording that a session had before the app was gone; nothing starts by that."""
        if self.desk is not None:
            self.desk.recording = recording

    def _require_unlocked(self) -> None:
        if self.locked:
            raise Trouble(TroubleCode.VAULT_LOCKED)

    # --- what time brings ---

    def watch(self, now: Instant) -> None:
        """Notice a recorder that stands still."""
        if self.desk is not None:
            self.desk.watch(now)

    def go_on_if_due(self) -> None:
        """Go on with a recording that was lost, where it is time to try, and everyone in the room has agreed."""
        desk, now = self.desk, self._course.now()
        if desk is None or desk.state is not DeskState.IDLE or not self._going_on.is_due(now):
            return
        if not self.available() or schedule.is_forgotten(self._course.state, now):
            self._going_on.drop()
        elif desk.has_room():
            self._go_on()

    def mind_sleep(self) -> None:
        """Keep the machine awake while there is anything to record, and no longer."""
        if self._awake is not None and self.desk is not None:
            self._awake.keep(on=self.desk.state is not DeskState.IDLE or self._going_on.waits)

    def _go_on(self) -> None:
        """Start the next part by itself. What is refused is tried again later."""
        if self.desk is None or not self.available():
            return
        offset_s, off_record = self._course.elapsed_s(), self._going_on.off_record
        try:
            self.desk.start(offset_s, self.desk.device, going_on=True, off_record=off_record)
        except Trouble as trouble:
            self._going_on.came_to_nothing(trouble.code, self._course.now())

    # --- what the desk tells ---

    def _on_started(self, place: PartPlace, seconds: float) -> None:
        # The first report comes a moment after the first sample; the part begins with the sample.
        began = earlier(self._course.now(), seconds)
        self._course.has_happened(f.RecordingStarted(at=began, recording=place.recording, part=place.part))
        by_itself, self._going_on = self._going_on, GoingOn()
        if by_itself.waits and by_itself.off_record:
            self._course.has_happened(f.RecordingPaused(at=began))
        elif self._view.lost:
            self._tell_gap(self._view.lost[-1])
        self._mark_where_it_stands()
        if not self.available():
            self.pause()

    def _on_lost(self, trouble: Trouble, sealed_s: float) -> None:
        now, off_record = self._course.now(), self._view.state is RecordingState.PAUSED
        part_s = self._part_s()
        unsealed_s = max(0.0, part_s - sealed_s)
        self._course.has_happened(f.RecordingLost(at=now, seconds=unsealed_s, why=trouble.code.value))
        self._going_on.lost(trouble.code, part_s, now, off_record=off_record)
        self.go_on_if_due()

    def _on_nothing(self, trouble: Trouble) -> None:
        self._going_on.came_to_nothing(trouble.code, self._course.now())
        self.go_on_if_due()

    def _on_gap(self, at_s: float, seconds: float) -> None:
        # Told a moment after sound came back; the gap ends where it did.
        since_s = self._part_s() - at_s - seconds
        if self._view.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            ended = earlier(self._course.now(), max(0.0, since_s))
            self._course.has_happened(f.RecordingGap(at=ended, seconds=seconds))
            if self._view.state is RecordingState.RECORDING:
                self._tell_gap(self._view.lost[-1])

    def _on_stopped(self, sealed_s: float) -> None:
        if self._view.state is RecordingState.LOST:
            self._course.has_happened(f.RecordingStopped(at=self._course.now()))
        elif self._view.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            # Sealing takes a moment; the recording ends with its last sample.
            since_s = self._part_s() - sealed_s
            ended = earlier(self._course.now(), max(0.0, since_s))
            self._course.has_happened(f.RecordingStopped(at=ended))
        self._course.tell_changed()

    def _on_fact(self, fact: f.Fact) -> None:
        if isinstance(fact, f.StepTaken):
            self._mark_phase(fact.phase)

    def _mark_where_it_stands(self) -> None:
        """Mark in a part as it begins what the session is for, its phase, and the core question it is with."""
        state = self._course.state
        if state.format.kind is SessionKind.EVALUATION:
            # It may be analysed without the log, and must be apart from the case sessions.
            self.mark(SessionKindMark(state.format.kind))
        self._mark_phase(state.phase)
        if state.question is not None:
            self.mark(QuestionMark(state.question))

    def _mark_phase(self, phase: int) -> None:
        self.mark(PhaseMark(self._course.format.phases[phase].key))

    def _part_s(self) -> float:
        """Return how long ago this part began."""
        return self._course.elapsed_s() - self._view.parts[-1].span.from_s

    def _tell_gap(self, gap: Span) -> None:
        """Say what is missing, unless a longer absence that was told of holds it."""
        until_s = gap.until_s if gap.until_s is not None else self._course.elapsed_s()
        told = self._course.notices
        if not any(n.kind is NoticeKind.BACK_AGAIN and gap.from_s < n.now_s for n in told):
            self._course.notice(NoticeKind.GAP, until_s - gap.from_s, until_s)

    def _tell_level(self) -> None:
        self._level_heard()

    def _tell(self) -> None:
        self.mind_sleep()
        self._course.tell_changed()
