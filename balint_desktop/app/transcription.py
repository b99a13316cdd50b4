"""Transcribe in the background, one recording after another, giving way to whatever a person does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.transcript.queue import (
    LOW_BATTERY_PERCENT,
    QueueState,
    TranscriptionStage,
    WaitReason,
    first_reason,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId

if TYPE_CHECKING:
    from balint_desktop.transcription.background import BackgroundTranscription, Outcome, TranscriptionTask
    from balint_desktop.transcription.transcriber import TranscriptionProgress
    from balint_desktop.ui.recordings.playback import Playback
    from balint_desktop.vault.vault import OpenVault

_LOOK_EVERY_MS = 30_000


class KeepAwake(Protocol):
    """Keeps the computer awake, as `AwakeHandle.inhibit_sleep` does."""

    def __call__(self, *, on: bool) -> None:
        """Keep it awake, or let it sleep again."""


def _let_sleep(*, on: bool) -> None:
    """Do nothing, as where nobody asked for more."""


# Stopped at once under these, held back before the next piece under the others.
_AT_ONCE = frozenset({WaitReason.SESSION, WaitReason.LOCKED, WaitReason.LISTENING})
# What a person who listens again gives way to.
_BEFORE_LISTENING = frozenset({WaitReason.SESSION, WaitReason.LOCKED})


@dataclass(frozen=True, slots=True)
class QueuedTranscription:
    """A recording to transcribe, and what was chosen for this run. Neither tick outlasts the window."""

    recording: RecordingId
    model: str
    language: str
    while_locked: bool = False
    keep_awake: bool = False


class TranscriptionHost(QObject):
    """Runs the queue. Lives on the main thread as long as the window."""

    changed = Signal()
    """The queue, the run or its progress."""

    def __init__(
        self,
        context: AppContext,
        read_battery: Callable[[], int | None] = lambda: None,
        keep_awake: KeepAwake | None = None,
    ) -> None:
        super().__init__()
        self._context = context
        self._read_battery = read_battery
        self._keep_awake = keep_awake or _let_sleep
        self._queue: list[QueuedTranscription] = []
        # What was chosen for each since the window was opened: the ticks outlast a lock.
        self._chosen: dict[RecordingId, QueuedTranscription] = {}
        self._holds: set[WaitReason] = set()
        self._run: BackgroundTranscription | None = None
        self._running: QueuedTranscription | None = None
        self._release: Callable[[], None] = lambda: None
        self._is_kept_awake = False
        # What the gate was asked about, how many rows the log had changed by then, and its answer.
        self._asked: tuple[RecordingId, int] | None = None
        self._answer = False
        self._stop_listening: Callable[[], None] | None = None
        self.progress: TranscriptionProgress | None = None
        self._battery_timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._battery_timer.timeout.connect(self._check_battery)

    # --- the queue ---

    @property
    def running(self) -> RecordingId | None:
        """The recording that is being transcribed, or would be if nothing held it back."""
        return self._running.recording if self._running is not None else None

    @property
    def queued(self) -> tuple[RecordingId, ...]:
        """The recordings that wait, in order."""
        return tuple(one.recording for one in self._queue)

    @property
    def holds(self) -> frozenset[WaitReason]:
        """Why it waits; empty while it goes on."""
        return frozenset(self._holds)

    @property
    def state(self) -> QueueState:
        """The queue, how far the first of it is, and what it waits for."""
        line = self.queued if self.running is None else (self.running, *self.queued)
        waits_for, progress = first_reason(self._holds) if line else None, self.progress
        if progress is None:
            return QueueState(line, waits_for)
        if progress.share is None:
            return QueueState(line, waits_for, TranscriptionStage.SEARCHING)
        return QueueState(line, waits_for, TranscriptionStage.HEARING, progress.share, progress.left_s)

    def chosen(self, recording: RecordingId) -> QueuedTranscription | None:
        """Return what was last chosen for a recording since the window was opened, None for nothing."""
        return self._chosen.get(recording)

    def add(self, wanted: QueuedTranscription) -> None:
        """Begin a transcript by the engine, or one that was stopped, and queue it. Raise Trouble."""
        from balint_desktop.vault.transcripts import TranscriptVault

        vault = self._context.vault.open_vault()
        if wanted.recording in {self.running, *self.queued}:
            return
        TranscriptVault(vault).begin_or_resume(wanted.recording, wanted.language)
        vault.log.transcripts.queue(wanted.recording, wanted.model, wanted.language)
        self._chosen[wanted.recording] = wanted
        self._queue.append(wanted)
        self._advance()
        self.changed.emit()

    def remove(self, recording: RecordingId) -> None:
        """Stop a transcription, or take it off the queue: it does not go on by itself. What was heard is stored.

        The others go on.
        """
        self._queue = [one for one in self._queue if one.recording != recording]
        vault = self._context.vault.current
        if vault is not None:
            vault.log.transcripts.unqueue(recording)
        if recording == self.running:
            self._stop_run()
        self._advance()
        self.changed.emit()

    def resume_queued(self) -> None:
        """Queue again what was queued when the window was last closed or killed."""
        vault = self._context.vault.current
        if vault is None or not self._context.vault.is_open:
            return
        known = {self.running, *self.queued}
        self._queue.extend(
            self._chosen.get(row.recording) or QueuedTranscription(row.recording, row.model, row.language)
            for row in vault.log.transcripts.queued()
            if row.recording not in known
        )
        self.release(WaitReason.LOCKED)

    # --- giving way ---

    def hold(self, why: WaitReason) -> None:
        """Give way: at once to a session, a lock and listening again, before the next piece to the other reasons."""
        if why in self._holds:
            return
        if why in _BEFORE_LISTENING:
            self._end_listening()
        self._holds.add(why)
        run, running = self._run, self._running
        if run is not None and running is not None:
            if why is WaitReason.LOCKED and running.while_locked and run.drop_secret():
                self._holds.discard(WaitReason.LOCKED)
            elif why in _AT_ONCE:
                self._queue.insert(0, running)
                self._stop_run()
            else:
                run.hold(on=True)
                self._follow_awake()
        self.changed.emit()

    def listen_first(self, stop: Callable[[], None]) -> None:
        """Give way to a place that is heard again, until `listened`. `stop` ends it, for a session and a lock.

        Raise Trouble LISTENING_WAITS. One that is still heard is stopped.
        """
        if self._holds & _BEFORE_LISTENING:
            raise Trouble(TroubleCode.LISTENING_WAITS)
        self._end_listening()
        self._stop_listening = stop
        self.hold(WaitReason.LISTENING)

    def listened(self) -> None:
        """Stop hearing a place again, if that is not over, and go on."""
        if self._end_listening():
            self._advance()
            self.changed.emit()

    def _end_listening(self) -> bool:
        """Stop hearing a place again; return whether one was heard."""
        stop, self._stop_listening = self._stop_listening, None
        self._holds.discard(WaitReason.LISTENING)
        if stop is not None:
            stop()
        return stop is not None

    def give_way_to(self, playback: Playback) -> None:
        """Wait while this plays."""
        playback.playing_changed.connect(self._on_playing)
        # Its page may be closed while it plays.
        playback.destroyed.connect(self._on_player_deleted)

    def _on_playing(self, playing: bool) -> None:  # noqa: FBT001  as the signal passes it
        if playing:
            self.hold(WaitReason.PLAYING)
        else:
            self.release(WaitReason.PLAYING)

    def _on_player_deleted(self) -> None:
        self.release(WaitReason.PLAYING)

    def release(self, why: WaitReason) -> None:
        """Go on, unless there is another reason to wait."""
        self._holds.discard(why)
        if not self._holds and self._run is not None:
            self._run.hold(on=False)
            self._follow_awake()
        self._advance()
        self.changed.emit()

    def close(self) -> None:
        """Stop, as the vault is about to be closed; what is queued goes on after the next unlock."""
        self._queue = []
        self._end_listening()
        self._stop_run()
        self._battery_timer.stop()

    # --- one run ---

    def _advance(self) -> None:
        """Start the first of the queue, if nothing runs and nothing is in the way."""
        if not self._queue and self._run is None:
            self._battery_timer.stop()
            self._holds.discard(WaitReason.BATTERY)
        elif not self._battery_timer.isActive():
            self._battery_timer.start()
            self._check_battery()
        vault = self._context.vault.current
        if self._run is not None or self._holds or not self._queue or vault is None:
            return
        if not self._context.vault.is_open:
            self._holds.add(WaitReason.LOCKED)
            return
        wanted = self._queue.pop(0)
        if not self._is_wanted(wanted):
            with self._context.messages.attempt():
                vault.log.transcripts.unqueue(wanted.recording)
            self._advance()
            return
        try:
            task = self._task(vault, wanted)
        except Trouble as trouble:
            self._failed(wanted, trouble)
            self._advance()
            return
        self._begin(task, wanted)

    def _begin(self, task: TranscriptionTask, wanted: QueuedTranscription) -> None:
        from balint_desktop.transcription.background import BackgroundTranscription

        post = self._context.work.post

        def on_progress(progress: TranscriptionProgress) -> None:
            post(lambda: self._on_progress(run, progress), self)

        def on_end(outcome: Outcome) -> None:
            post(lambda: self._on_end(run, outcome), self)

        run = BackgroundTranscription(task, self._context.clock, on_progress, on_end)
        self._run, self._running, self.progress = run, wanted, None
        # Its end is written into the log, whose vault may be asked to close meanwhile.
        self._release = self._context.vault.keep_log_open()
        self._follow_awake()
        run.start()
        self.changed.emit()

    def _task(self, vault: OpenVault, wanted: QueuedTranscription) -> TranscriptionTask:
        from balint_desktop.app.vault_services import recordings_service
        from balint_desktop.capture.reel_handle import ReelHandle
        from balint_desktop.recordings.summary import OpenRecording
        from balint_desktop.transcription.background import SoundReader, TranscriptionTask
        from balint_desktop.transcription.engine_location import engine_command
        from balint_desktop.transcription.job import ModelToUse
        from balint_desktop.transcription.model_store import ModelStore
        from balint_desktop.vault.transcripts import TranscriptVault

        command = engine_command()
        if command is None:
            raise Trouble(TroubleCode.ENGINE_MISSING)
        store = ModelStore(self._context.data.models)
        chosen = store.find(wanted.model)
        recordings = recordings_service(vault)
        sources = recordings.source(wanted.recording)

        def sound_of(opened: OpenRecording) -> SoundReader:
            sounds: Mapping[int, bytes] = opened.sounds
            return ReelHandle(lambda: sounds)

        return TranscriptionTask(
            recording=wanted.recording,
            files=TranscriptVault(vault).begin_or_resume(wanted.recording, wanted.language),
            language=wanted.language,
            command=command,
            open_recording=lambda: recordings.open(sources),
            check_model=lambda: ModelToUse(chosen.name, store.verified(chosen.name), chosen.sha256),
            sound_of=sound_of,
        )

    def _on_progress(self, run: BackgroundTranscription, progress: TranscriptionProgress) -> None:
        if run is not self._run or self._running is None:
            return
        if not self._is_still_wanted(self._running):
            self.remove(self._running.recording)
            return
        self.progress = progress
        self.changed.emit()

    def _is_still_wanted(self, wanted: QueuedTranscription) -> bool:
        """Return `_is_wanted`, asked again once anything in the log has changed: progress comes often."""
        vault = self._context.vault.current
        asked = (wanted.recording, vault.log.changes) if vault is not None else None
        if asked is None or asked != self._asked:
            self._asked, self._answer = asked, self._is_wanted(wanted)
        return self._answer

    def _is_wanted(self, wanted: QueuedTranscription) -> bool:
        """Return whether a transcript is still to be written: nobody has withdrawn since, or deleted it."""
        from balint_desktop.vault.transcripts import TranscriptVault

        vault = self._context.vault.current
        if vault is None:
            return False
        transcripts = TranscriptVault(vault)
        try:
            transcripts.pass_door(Door.TRANSCRIBE, wanted.recording)
            return transcripts.row(wanted.recording).is_queued
        except Trouble:
            return False

    def _on_end(self, run: BackgroundTranscription, outcome: Outcome) -> None:
        if run is not self._run:
            return
        wanted = self._running
        self._forget_run()
        if wanted is not None and self._is_wanted(wanted):
            if isinstance(outcome, Trouble):
                self._failed(wanted, outcome)
            elif outcome is not None:
                self._write_down(wanted, outcome)
        self._let_log_close()
        self._advance()
        self.changed.emit()

    def _write_down(self, wanted: QueuedTranscription, outcome: Outcome) -> None:
        from balint_desktop.transcription.job import FirstText
        from balint_desktop.vault.transcripts import TranscriptVault

        vault = self._context.vault.current
        if vault is None or not isinstance(outcome, FirstText):
            return
        with self._context.messages.attempt():
            transcripts = TranscriptVault(vault)
            transcripts.note_plan(wanted.recording, outcome.plan)
            transcripts.note_text(wanted.recording, outcome.state)

    def _failed(self, wanted: QueuedTranscription, trouble: Trouble) -> None:
        """Say it once, and do not try the same again by itself."""
        vault = self._context.vault.current
        if vault is not None:
            with self._context.messages.attempt():
                vault.log.transcripts.unqueue(wanted.recording)
        if WaitReason.SESSION not in self._holds:
            self._context.messages.trouble(trouble)
        self.changed.emit()

    def _stop_run(self) -> None:
        run = self._run
        self._forget_run()
        if run is not None:
            run.stop()
        self._let_log_close()

    def _let_log_close(self) -> None:
        self._release, release = (lambda: None), self._release
        release()

    def _forget_run(self) -> None:
        self._run, self._running, self.progress, self._asked = None, None, None, None
        self._follow_awake()

    def _follow_awake(self) -> None:
        """Keep the computer awake where that was ticked, and never for one that waits."""
        on = self._running is not None and self._running.keep_awake and not self._holds
        if on != self._is_kept_awake:
            self._is_kept_awake = on
            self._keep_awake(on=on)

    def _check_battery(self) -> None:
        """Wait while the battery runs low: a session may be next."""
        percent = self._read_battery()
        if percent is not None and percent < LOW_BATTERY_PERCENT:
            self.hold(WaitReason.BATTERY)
        elif WaitReason.BATTERY in self._holds:
            self.release(WaitReason.BATTERY)
