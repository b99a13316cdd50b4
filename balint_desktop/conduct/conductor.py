"""Leading one session: every act of the facilitator, turned into facts, kept, and carried out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from balint_desktop.conduct.backlog import Backlog, Keep
from balint_desktop.conduct.going_on import GoingOn
from balint_desktop.conduct.notices import Notice, NoticeKind
from balint_desktop.conduct.parts import Awake, Keeper, PartPlace
from balint_desktop.conduct.recording_desk import DeskEvents, DeskState, RecordingDesk
from balint_desktop.domain import facts as f
from balint_desktop.domain import schedule
from balint_desktop.domain.clock import Clock, Instant, earlier
from balint_desktop.domain.formats import SessionFormat
from balint_desktop.domain.people import Group, recording_available
from balint_desktop.domain.records import Debrief
from balint_desktop.domain.session import SessionState, Span, apply, elapsed_s, new_session, replay
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind, ParticipantCode, RecordingState

# The window ticks at least once a second; a silence as long as this means the machine slept or the app stood still.
_AWAY_S = 10.0
_STRIKE_S = 60.0


class Conductor:
    """Leads one session from Begin to the debrief, on one thread.

    It holds the state, turns each act into a fact, has it kept before it counts, and tells its listener that
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
        self.state: SessionState = new_session(session_format)
        self.notices: list[Notice] = []
        # While the vault is locked nobody starts or resumes a recording; what is being recorded goes on.
        self.locked = False
        self._clock = clock
        self._keeper = keeper
        self._desk = desk
        self._awake = awake
        self._going_on = GoingOn()
        self._changed: Callable[[], None] = lambda: None
        self._level_heard: Callable[[], None] = lambda: None
        self._ticked: Instant | None = None
        self._noted_presenter = False
        self._backlog = Backlog()
        self._held: Notice | None = None
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
                    keep=self._keep,
                )
            )

    # --- looking ---

    @property
    def desk(self) -> RecordingDesk | None:
        """Return the recording desk, None where this session is not recorded."""
        return self._desk

    def now(self) -> Instant:
        """Return the present moment, by the session's clock."""
        return self._clock.now()

    def elapsed_s(self) -> float:
        """Return the session's time in seconds."""
        return elapsed_s(self.state, self._clock.now())

    def recording_available(self) -> bool:
        """Tell whether recording is available with those now in the room."""
        return self._desk is not None and recording_available(self.group, self.state.present)

    @property
    def goes_on_by_itself(self) -> bool:
        """Tell whether a recording that was lost goes on without anyone's doing, once it can."""
        return self._going_on.waits

    def on_change(self, changed: Callable[[], None]) -> None:
        """Call this after every change."""
        self._changed = changed

    def on_level(self, heard: Callable[[], None]) -> None:
        """Call this about ten times a second while recording: the desk has a new level."""
        self._level_heard = heard

    def dismiss(self, notice: Notice) -> None:
        """Put a notice away."""
        if notice in self.notices:
            self.notices.remove(notice)
            self._changed()

    # --- the clock and the phases ---

    def begin(self, present: Sequence[ParticipantCode] = ()) -> None:
        """Start the session's clock."""
        self._happens(f.Began(at=self.now(), present=tuple(present)))

    def step(self) -> None:
        """Go on to the next phase. Ending is an act of its own: see `end`."""
        self._happens(f.StepTaken(at=self.now(), phase=self.state.phase + 1))

    def take_back(self) -> None:
        """Undo the last step, or the ending."""
        if self.state.ended_s is not None:
            self._happens(f.EndTakenBack(at=self.now()))
        else:
            self._happens(f.StepTakenBack(at=self.now()))

    def adjust(self, seconds: int) -> None:
        """Move the current phase's planned end (a minute more or less)."""
        self._happens(f.PhaseAdjusted(at=self.now(), seconds=seconds))

    def extend(self, seconds: int) -> None:
        """Move all marks still to come."""
        self._happens(f.Extended(at=self.now(), seconds=seconds))
        self._notice(NoticeKind.MARKS_MOVED)

    def began_earlier(self, seconds: int) -> None:
        """Put the beginning right: the group had begun so long before (or after, where negative)."""
        self._happens(f.BeganEarlier(at=self.now(), seconds=seconds))
        self._notice(NoticeKind.MARKS_MOVED)

    def out_by(self, wall: float) -> None:
        """Set the end to a wall time (seconds since 1970)."""
        self._happens(f.OutBy(at=self.now(), wall=wall))
        self._notice(NoticeKind.MARKS_MOVED)

    def end(self) -> None:
        """End the session. The recording goes on until it is stopped."""
        self._happens(f.Ended(at=self.now()))

    # --- the room ---

    def choose_presenter(self, code: ParticipantCode | None, case: int | None = None) -> None:
        """Note who tells the case at work, or another case; None takes it back."""
        at_work = case or self.format.phases[self.state.phase].case or 1
        self._happens(f.PresenterChosen(at=self.now(), case=at_work, code=code))

    def arrive(self, code: ParticipantCode) -> None:
        """Let a latecomer in. Where not everyone now in the room has agreed, the recording pauses in the same act."""
        self._has_happened(f.Arrived(at=self.now(), code=code))
        if self.state.recording.state is RecordingState.RECORDING and not self.recording_available():
            self.pause_recording()
            self._notice(NoticeKind.LATECOMER_PAUSED)
        elif not self.recording_available():
            # Nothing starts by itself after somebody came who has not agreed, even where they leave again.
            self._going_on.drop()
            self._changed()

    def leave(self, code: ParticipantCode) -> None:
        """Note that somebody has left the room."""
        self._happens(f.Left(at=self.now(), code=code))

    def mark(self, kind: MarkKind) -> None:
        """Mark this moment, in the log and in the recording."""
        self._happens(f.Marked(at=self.now(), mark=kind))
        if self._desk is not None:
            self._desk.mark(kind.value)
        self._notice(NoticeKind.MARKED)

    # --- the recording ---

    def start_recording(self, device: str | None = None) -> None:
        """Start recording, or go on after a loss. The fact follows with the first sound. Raise Trouble."""
        self._require_unlocked()
        self._start(device)

    def _start(self, device: str | None) -> None:
        if self._desk is None or not self.recording_available():
            return
        self._going_on.drop()
        self._desk.start(self.elapsed_s(), device)
        self._tell()

    def use_microphone(self, device: str) -> None:
        """Record from another microphone from here on, as the next part. Raise Trouble."""
        if self._desk is None:
            return
        if self._desk.state is not DeskState.IDLE:
            self._desk.replace(device)
        elif self._going_on.waits:
            self._desk.device = device
            self._go_on()
        else:
            self.start_recording(device)
        self._changed()

    def _require_unlocked(self) -> None:
        if self.locked:
            raise Trouble(TroubleCode.VAULT_LOCKED)

    def pause_recording(self) -> None:
        """Go off the record while the clock runs."""
        if self._desk is not None and self.state.recording.state is RecordingState.RECORDING:
            self._desk.pause()
            self._has_happened(f.RecordingPaused(at=self.now()))

    def resume_recording(self) -> None:
        """Go on the record again, where everyone in the room has agreed. Raise Trouble."""
        self._require_unlocked()
        resumable = self.state.recording.state is RecordingState.PAUSED and self.recording_available()
        if self._desk is not None and resumable:
            # Kept first: what cannot be kept must not be recorded while the room says that it is not.
            self._happens(f.RecordingResumed(at=self.now()))
            self._desk.resume()

    def strike(self) -> None:
        """Pause, and mark what was said in the last minute as never to be heard."""
        if self._desk is None or self.state.recording.id is None:
            return
        self._desk.mark(f"struck {_STRIKE_S:.0f}")
        self.pause_recording()
        self._has_happened(f.Struck(at=self.now(), seconds=_STRIKE_S))
        self._notice(NoticeKind.STRUCK)

    def stop_recording(self) -> None:
        """Seal the recording and end it. The fact follows when it is sealed."""
        if self._desk is not None:
            self._going_on.drop()
            self._desk.stop()
            self._tell()

    def _on_started(self, place: PartPlace, seconds: float) -> None:
        # The first report comes a moment after the first sample; the part begins with the sample.
        began = earlier(self.now(), seconds)
        self._has_happened(f.RecordingStarted(at=began, recording=place.recording, part=place.part))
        by_itself, self._going_on = self._going_on, GoingOn()
        if by_itself.waits and by_itself.off_record:
            self._has_happened(f.RecordingPaused(at=began))
        elif self.state.recording.lost:
            self._tell_gap(self.state.recording.lost[-1])
        if self._desk is not None:
            self._desk.mark(f"phase {self.format.phases[self.state.phase].key}")
        if not self.recording_available():
            self.pause_recording()

    def _on_lost(self, trouble: Trouble, sealed_s: float) -> None:
        now, off_record = self.now(), self.state.recording.state is RecordingState.PAUSED
        part_s = self.elapsed_s() - self.state.recording.parts[-1].span.from_s
        unsealed_s = max(0.0, part_s - sealed_s)
        self._has_happened(f.RecordingLost(at=now, seconds=unsealed_s, why=trouble.code.value))
        self._going_on.lost(trouble.code, part_s, now, off_record=off_record)
        self._go_on_if_due()

    def _on_nothing(self, trouble: Trouble) -> None:
        self._going_on.came_to_nothing(trouble.code, self.now())
        self._go_on_if_due()

    def _on_gap(self, at_s: float, seconds: float) -> None:
        # Told a moment after sound came back; the gap ends where it did.
        since_s = self.elapsed_s() - self.state.recording.parts[-1].span.from_s - at_s - seconds
        if self.state.recording.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            self._has_happened(f.RecordingGap(at=earlier(self.now(), max(0.0, since_s)), seconds=seconds))
            if self.state.recording.state is RecordingState.RECORDING:
                self._tell_gap(self.state.recording.lost[-1])

    def _tell_gap(self, gap: Span) -> None:
        """Say what is missing, unless a longer absence that was told of holds it."""
        until_s = gap.until_s if gap.until_s is not None else self.elapsed_s()
        if not any(n.kind is NoticeKind.BACK_AGAIN and gap.from_s < n.now_s for n in self.notices):
            self._notice(NoticeKind.GAP, until_s - gap.from_s, until_s)

    def _go_on_if_due(self) -> None:
        """Go on with a recording that was lost, where it is time to try, and everyone in the room has agreed."""
        desk, now = self._desk, self.now()
        if desk is None or desk.state is not DeskState.IDLE or not self._going_on.is_due(now):
            return
        if not self.recording_available() or schedule.forgotten(self.state, now):
            self._going_on.drop()
        elif desk.has_room():
            self._go_on()

    def _go_on(self) -> None:
        """Start the next part by itself. What is refused is tried again later."""
        if self._desk is None or not self.recording_available():
            return
        try:
            self._desk.start(self.elapsed_s(), self._desk.device, going_on=True, off_record=self._going_on.off_record)
        except Trouble as trouble:
            self._going_on.came_to_nothing(trouble.code, self.now())

    def _on_stopped(self, sealed_s: float) -> None:
        state = self.state.recording.state
        if state is RecordingState.LOST:
            self._has_happened(f.RecordingStopped(at=self.now()))
        elif state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            # Sealing takes a moment; the recording ends with its last sample.
            since_s = self.elapsed_s() - self.state.recording.parts[-1].span.from_s - sealed_s
            self._has_happened(f.RecordingStopped(at=earlier(self.now(), max(0.0, since_s))))
        self._changed()

    # --- time passing, coming back, and the debrief ---

    def tick(self) -> None:
        """Notice what time has brought: a sleep, the quiet note at its minute, a recording left running.

        What a disk refused is kept here, too, once it takes it: nobody has to press anything for that.
        """
        now = self._clock.now()
        self._keep_what_is_held()
        if self._desk is not None:
            self._desk.watch(now)
        if self.state.begun and self._ticked is not None:
            away_s = now.seconds_since(self._ticked)
            if away_s >= _AWAY_S and self.state.ended_s is None:
                self._was_away(now, away_s)
        self._ticked = now
        if not self.state.begun:
            return
        if not self._noted_presenter and schedule.presenter_still_in(self.state, now):
            self._noted_presenter = True
            self._notice(NoticeKind.PRESENTER_STILL_IN)
        if self._running() and schedule.forgotten(self.state, now):
            self.stop_recording()
            self._notice(NoticeKind.FORGOTTEN_STOPPED)
        self._go_on_if_due()
        self._mind_sleep()

    def come_back(self, kept: Sequence[f.Fact], sealed_s: float | None) -> None:
        """Go on where the room is, after the app was gone: `kept` are the log's facts.

        `sealed_s` is how much sound of the last part is sealed, None where nothing was being recorded. What is
        missing since then is the gap that the window tells of.
        """
        self.state = replay(self.format, kept)
        now = self._clock.now()
        since_fact_s = elapsed_s(self.state, now) - self.state.anchor_s
        recording = self.state.recording
        away_s = since_fact_s
        not_recorded_s = 0.0
        if recording.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            until_s = recording.parts[-1].span.from_s + (sealed_s or 0.0)
            not_recorded_s = max(0.0, elapsed_s(self.state, now) - until_s)
            away_s = min(since_fact_s, not_recorded_s)
        self._happens(f.AppAway(at=now, seconds=away_s))
        if not_recorded_s:
            self._happens(f.RecordingLost(at=now, seconds=not_recorded_s, why="app-away"))
        elif recording.state is RecordingState.LOST:
            # It was lost before the app was: the gap began then.
            not_recorded_s = self.elapsed_s() - recording.lost[-1].from_s
        if self._desk is not None:
            self._desk.recording = recording.id
        self._notice(NoticeKind.BACK_AGAIN, not_recorded_s)
        if self.state.guessed:
            self._notice(NoticeKind.TIME_GUESSED)

    def close(self, debrief: Debrief) -> None:
        """Keep what the debrief adds, and what is held. Raise Trouble."""
        self._backlog.catch_up()
        self._keeper.close(debrief)

    def count_prompt(self) -> None:
        """Count one prompt shown."""
        self._keeper.count_prompt()

    def _running(self) -> bool:
        return self._desk is not None and self._desk.state is DeskState.RUNNING

    def _was_away(self, now: Instant, away_s: float) -> None:
        self._has_happened(f.AppAway(at=now, seconds=away_s))
        # What the recorder missed it tells itself: a short gap is silence in the part, a long one ends it.
        not_recorded_s = away_s if self.state.recording.state is RecordingState.RECORDING else 0.0
        self._notice(NoticeKind.BACK_AGAIN, not_recorded_s)

    def _tell(self) -> None:
        self._mind_sleep()
        self._changed()

    def _mind_sleep(self) -> None:
        """Keep the machine awake while there is anything to record, and no longer."""
        if self._awake is not None and self._desk is not None:
            self._awake.keep(on=self._desk.state is not DeskState.IDLE or self._going_on.waits)

    def _tell_level(self) -> None:
        self._level_heard()

    def _notice(self, kind: NoticeKind, not_recorded_s: float = 0.0, now_s: float | None = None) -> None:
        self.notices = [n for n in self.notices if n.kind is not kind]
        self.notices.append(Notice(kind, self.elapsed_s() if now_s is None else now_s, not_recorded_s))
        self._changed()

    def _happens(self, fact: f.Fact) -> None:
        """Keep a fact, then let it count. What cannot follow raises NotNow before anything is kept. Raise Trouble."""
        state = apply(self.state, fact)
        self._backlog.catch_up()
        self._keeper.add_fact(fact)
        self._count(fact, state)

    def _has_happened(self, fact: f.Fact) -> None:
        """Let a fact count that is so, whatever the disk says; it is kept as soon as it can be."""
        state = apply(self.state, fact)
        self._keep(lambda: self._keeper.add_fact(fact))
        self._count(fact, state)

    def _keep(self, keep: Keep) -> None:
        trouble = self._backlog.keep(keep)
        if trouble is not None:
            self._held = Notice(NoticeKind.TROUBLE, trouble=trouble)
            self.notices = [n for n in self.notices if n.kind is not NoticeKind.TROUBLE] + [self._held]

    def _keep_what_is_held(self) -> None:
        """Keep what a disk refused, where it takes it now; then nothing is the matter any more."""
        with contextlib.suppress(Trouble):
            self._backlog.catch_up()
            if self._held is not None:
                held, self._held = self._held, None
                self.dismiss(held)

    def _count(self, fact: f.Fact, state: SessionState) -> None:
        self.state = state
        if isinstance(fact, f.StepTaken) and self._desk is not None:
            self._desk.mark(f"phase {self.format.phases[fact.phase].key}")
        self._changed()
