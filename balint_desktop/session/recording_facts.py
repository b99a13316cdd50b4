"""Record a session behind the consent gate: turn actions into recorder commands, and recorder reports into facts."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.group.group import Group, recording_available
from balint_desktop.domain.part_marks import (
    PartMark,
    PhaseEnteredMark,
    QuestionAskedMark,
    RedactionMark,
    RedactionUndoneMark,
    SessionKindMark,
)
from balint_desktop.domain.recorder import PartPlace
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.recording_view import RecordingView
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, RecordingState, SessionKind
from balint_desktop.session.append_facts import SessionFacts
from balint_desktop.session.auto_resume import AutoResume
from balint_desktop.session.interfaces import SleepInhibitor
from balint_desktop.session.listeners import Listeners, Unsubscribe
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import ProcessState, RecordingCallbacks, RecordingController

_REDACTED_S = 60.0


class SessionRecording:
    """The recording of one session. `controller` is None if the session is not recorded.

    While `is_locked`, the facilitator cannot start or resume; a recording in progress continues.
    """

    def __init__(
        self,
        facts: SessionFacts,
        group: Group,
        controller: RecordingController | None,
        sleep_inhibitor: SleepInhibitor | None,
    ) -> None:
        self.controller = controller
        self.is_locked = False
        self._facts = facts
        self._group = group
        self._sleep_inhibitor = sleep_inhibitor
        self._auto_resume = AutoResume()
        self._level_changed: Listeners[[]] = Listeners()
        facts.on_fact(self._on_fact)
        facts.is_recording_available = lambda: self.is_available
        facts.recording_trouble = lambda: self.controller.trouble if self.controller is not None else None
        if controller is not None:
            controller.set_callbacks(
                RecordingCallbacks(
                    started=self._on_started,
                    lost=self._on_lost,
                    gap=self._on_gap,
                    failed=self._on_failed,
                    stopped=self._on_stopped,
                    changed=self._notify_changed,
                    level=self._on_level,
                    write=facts.write_or_defer,
                )
            )

    @property
    def is_available(self) -> bool:
        """Return whether recording is available: everyone now in the room has agreed to it."""
        state = self._facts.state
        return self.controller is not None and recording_available(
            self._group, state.present, others_agree=state.observers_agree
        )

    @property
    def resumes_by_itself(self) -> bool:
        """Return whether a lost recording will be resumed automatically."""
        return self._auto_resume.is_waiting

    @property
    def has_recorder(self) -> bool:
        """Return whether there is a recorder process, including while it starts or stops."""
        return self.controller is not None and self.controller.state is not ProcessState.IDLE

    @property
    def is_running(self) -> bool:
        """Return whether a recorder has started and is not stopping."""
        return self.controller is not None and self.controller.state is ProcessState.RUNNING

    @property
    def _view(self) -> RecordingView:
        return self._facts.state.recording

    def on_level(self, changed: Callable[[], None]) -> Unsubscribe:
        """Register a callback for a new status of the controller, called about three times a second while recording."""
        return self._level_changed.add(changed)

    # --- actions of the facilitator ---

    def start(self, device: str | None = None) -> None:
        """Start recording, or resume after a loss. The fact follows with the first audio. Raise Trouble."""
        self._require_unlocked()
        if self.controller is None or not self.is_available:
            return
        self._auto_resume.cancel()
        self.controller.start(self._facts.elapsed_s(), device)
        self._notify_changed()

    def use_microphone(self, device: str) -> None:
        """Record from another microphone from now on, as the next part. Raise Trouble."""
        if self.controller is None:
            return
        if self.controller.state is not ProcessState.IDLE:
            self.controller.switch_microphone(device)
        elif self._auto_resume.is_waiting:
            self.controller.device = device
            self._start_next_part()
        else:
            self.start(device)
        self._facts.notify_changed()

    def pause(self) -> None:
        """Go off the record while the session clock runs."""
        if self.controller is not None and self._view.state is RecordingState.RECORDING:
            self.controller.pause()
            self._facts.append_deferred(f.RecordingPaused(at=self._facts.now()))

    def resume(self) -> None:
        """Go back on the record, if everyone in the room has agreed. Raise Trouble."""
        self._require_unlocked()
        if self.controller is not None and self._view.state is RecordingState.PAUSED and self.is_available:
            # Written first: nothing may be recorded while the room shows that it is not.
            self._facts.append(f.RecordingResumed(at=self._facts.now()))
            self.controller.resume()

    def redact_last_minute(self) -> None:
        """Pause, and redact the last minute."""
        if self.controller is None or self._view.id is None:
            return
        self.controller.mark(RedactionMark(_REDACTED_S))
        self.pause()
        self._facts.append_deferred(f.Redacted(at=self._facts.now(), seconds=_REDACTED_S))

    def undo_redaction(self) -> None:
        """Undo a redaction made a moment ago, and resume where that is possible. Raise Trouble."""
        if self.controller is None or schedule.redaction_to_undo(self._facts.state, self._facts.now()) is None:
            return
        # Written first: where the undoing is lost, the minute stays removed.
        self._facts.append(f.RedactionUndone(at=self._facts.now()))
        self.controller.mark(RedactionUndoneMark(_REDACTED_S))
        if not self.is_locked:
            self.resume()

    def stop(self) -> None:
        """Seal the recording and end it. The fact follows once it is sealed."""
        if self.controller is not None:
            self._auto_resume.cancel()
            self.controller.stop()
            self._notify_changed()

    def mark(self, mark: PartMark) -> None:
        """Write a mark to the recording."""
        if self.controller is not None:
            self.controller.mark(mark)

    def _require_unlocked(self) -> None:
        if self.is_locked:
            raise Trouble(TroubleCode.VAULT_LOCKED)

    # --- consent ---

    def on_arrival(self) -> None:
        """Pause if not everyone now in the room has agreed."""
        if self._view.state is RecordingState.RECORDING and not self.is_available:
            self.pause()
            self._facts.notices.add(NoticeKind.LATECOMER_PAUSED)
        elif not self.is_available:
            # After someone arrived who has not agreed, nothing resumes automatically, even if they leave again.
            self._auto_resume.cancel()
            self._facts.notify_changed()

    def update_group(self, group: Group) -> None:
        """Go off the record at once if not everyone in the room agrees any more; start nothing if they all agree."""
        self._group = group
        if not self.is_available:
            self._auto_resume.cancel()
            if self._view.state is RecordingState.RECORDING:
                self.pause()
                self._facts.notices.add(NoticeKind.OFF_THE_RECORD_FROM_NOW)
            elif self.controller is not None and self.controller.state is ProcessState.STARTING:
                # The first sample must already be silence; the fact follows with the first status.
                self.controller.pause()
        self._notify_changed()

    # --- time ---

    def check(self, now: Instant) -> None:
        """Detect a recorder that does not respond. Called about once a second."""
        if self.controller is not None:
            self.controller.check(now)

    def resume_if_due(self) -> None:
        """Resume a lost recording if an attempt is due and everyone in the room has agreed."""
        controller, now = self.controller, self._facts.now()
        if controller is None or controller.state is not ProcessState.IDLE or not self._auto_resume.is_due(now):
            return
        if not self.is_available or schedule.is_forgotten(self._facts.state, now):
            self._auto_resume.cancel()
        elif controller.has_space():
            self._start_next_part()

    def update_sleep_inhibitor(self) -> None:
        """Keep the computer awake only while there is something to record."""
        if self._sleep_inhibitor is not None and self.controller is not None:
            self._sleep_inhibitor.inhibit_sleep(on=self.has_recorder or self._auto_resume.is_waiting)

    def adopt(self, recording: RecordingId | None) -> None:
        """Append the next parts to a recording from before the app was closed. Does not start one."""
        if self.controller is not None:
            self.controller.recording = recording

    def _start_next_part(self) -> None:
        """Start the next part automatically. If refused, retry later."""
        if self.controller is None or not self.is_available:
            return
        offset_s, off_record = self._facts.elapsed_s(), self._auto_resume.off_record
        try:
            self.controller.start(offset_s, self.controller.device, resuming=True, off_record=off_record)
        except Trouble as trouble:
            self._auto_resume.on_failed_start(trouble.code, self._facts.now())

    # --- reports of the controller ---

    def _on_started(self, place: PartPlace, seconds: float) -> None:
        # The first status arrives a moment after the first sample; the part starts with the sample.
        began = earlier(self._facts.now(), seconds)
        self._facts.append_deferred(f.RecordingStarted(at=began, recording=place.recording, part=place.part))
        if self.controller is not None and self.controller.monitor is not None:
            self._facts.append_deferred(f.ComputerRecorded(at=began, recording=place.recording, part=place.part))
        resumed, self._auto_resume = self._auto_resume, AutoResume()
        if resumed.is_waiting and resumed.off_record:
            self._facts.append_deferred(f.RecordingPaused(at=began))
        self._mark_beginning()
        if not self.is_available:
            self.pause()

    def _on_lost(self, trouble: Trouble, sealed_s: float) -> None:
        now, off_record = self._facts.now(), self._view.state is RecordingState.PAUSED
        part_s = self._part_s()
        unsealed_s = max(0.0, part_s - sealed_s)
        self._facts.append_deferred(f.RecordingLost(at=now, seconds=unsealed_s, why=trouble.code.value))
        self._auto_resume.on_lost(trouble.code, part_s, now, off_record=off_record)
        self.resume_if_due()

    def _on_failed(self, trouble: Trouble) -> None:
        self._auto_resume.on_failed_start(trouble.code, self._facts.now())
        self.resume_if_due()

    def _on_gap(self, at_s: float, seconds: float) -> None:
        # Reported a moment after audio returned; the gap ends where it did.
        since_s = self._part_s() - at_s - seconds
        if self._view.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            ended = earlier(self._facts.now(), max(0.0, since_s))
            self._facts.append_deferred(f.RecordingGap(at=ended, seconds=seconds))

    def _on_stopped(self, sealed_s: float) -> None:
        if self._view.state is RecordingState.LOST:
            self._facts.append_deferred(f.RecordingStopped(at=self._facts.now()))
        elif self._view.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            # Sealing takes a moment; the recording ends with its last sample.
            since_s = self._part_s() - sealed_s
            ended = earlier(self._facts.now(), max(0.0, since_s))
            self._facts.append_deferred(f.RecordingStopped(at=ended))
        self._facts.notify_changed()

    def _on_level(self) -> None:
        self._level_changed.notify()

    def _on_fact(self, fact: f.Fact) -> None:
        if isinstance(fact, f.StepTaken):
            self._mark_phase(fact.phase)

    def _mark_beginning(self) -> None:
        """Mark the kind of session, its phase and any core question at the start of a part."""
        state = self._facts.state
        if state.format.kind is SessionKind.EVALUATION:
            # The part may be analysed without the log, and evaluations must be kept apart from case sessions.
            self.mark(SessionKindMark(state.format.kind))
        self._mark_phase(state.phase)
        if state.question is not None:
            self.mark(QuestionAskedMark(state.question))

    def _mark_phase(self, phase: int) -> None:
        self.mark(PhaseEnteredMark(self._facts.format.phases[phase].key))

    def _part_s(self) -> float:
        """Return the time since this part started, in seconds."""
        return self._facts.elapsed_s() - self._view.parts[-1].span.from_s

    def _notify_changed(self) -> None:
        self.update_sleep_inhibitor()
        self._facts.notify_changed()
