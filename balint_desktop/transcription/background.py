"""Transcribe one recording on a thread of its own: held back between two pieces, or stopped at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.job import FirstText, ModelToUse, transcribe
from balint_desktop.transcription.transcriber import StoppedError, TranscriptionProgress
from balint_desktop.vault.transcript_files import TranscriptFiles


class SoundReader(Protocol):
    """Holds an open recording's sound, and decodes any stretch of it, as `ReelHandle` does."""

    def start(self) -> None:
        """Start it. Raise Trouble."""

    def read(self, part: int, at: int, frames: int) -> bytes:
        """Return a part's sound from a frame. Raise Trouble."""
        ...

    def close(self) -> None:
        """End it, and drop the sound. Any thread."""


@dataclass(frozen=True, slots=True)
class TranscriptionTask:
    """What a run needs. The callables are called on its thread: opening, checking and decoding take their time."""

    recording: RecordingId
    files: TranscriptFiles
    language: str
    command: Sequence[str]
    open_recording: Callable[[], OpenRecording]
    check_model: Callable[[], ModelToUse]
    sound_of: Callable[[OpenRecording], SoundReader]


Outcome = FirstText | Trouble | None
"""The first text, what went wrong, or None where it was stopped."""


class BackgroundTranscription:
    """One run. Its callbacks are called on its own thread."""

    def __init__(
        self,
        task: TranscriptionTask,
        clock: Clock,
        on_progress: Callable[[TranscriptionProgress], None],
        on_end: Callable[[Outcome], None],
    ) -> None:
        # Until the recording is open: what opens it holds the keys of the vault.
        self._task: TranscriptionTask | None = task
        self._files = task.files
        self._clock = clock
        self._on_progress = on_progress
        self._on_end = on_end
        self._engine = EngineHandle(task.command)
        self._may_go_on = threading.Event()
        self._may_go_on.set()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="transcribes", daemon=True)

    def start(self) -> None:
        """Start it."""
        self._thread.start()

    def drop_secret(self) -> bool:
        """Forget the transcript's secret key, for a locked vault; return whether it goes on without any key.

        It does not before the recording is open, nor where what was stored cannot be read any more.
        """
        if self._task is not None:
            return False
        try:
            self._files.drop_secret()
        except Trouble:
            return False
        return True

    def hold(self, *, on: bool) -> None:
        """Wait before the next piece, or go on. Nothing is lost."""
        if on:
            self._may_go_on.clear()
        else:
            self._may_go_on.set()

    def stop(self) -> None:
        """Stop at once: the engine is killed, and the piece it hears is lost. Any thread."""
        self._is_stopping = True
        self._may_go_on.set()
        self._engine.close()

    def wait(self, timeout_s: float) -> bool:
        """Wait for its end; return whether it has ended."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        outcome: Outcome
        try:
            outcome = self._transcribe()
        except StoppedError:
            outcome = None
        except Trouble as trouble:
            # An engine that was killed here has not failed.
            outcome = None if self._is_stopping else trouble
        self._on_end(outcome)

    def _transcribe(self) -> FirstText:
        opened, model, sound, language = self._prepared()
        try:
            sound.start()
            return transcribe(
                opened,
                sound.read,
                self._engine,
                self._files,
                model=model,
                language=language,
                clock=self._clock,
                report=self._on_progress,
                should_stop=self._should_stop,
            )
        finally:
            self._engine.close()
            sound.close()

    def _prepared(self) -> tuple[JoinedRecording, ModelToUse, SoundReader, str]:
        """Check the model, open the recording, and let go of what opened it. Raise Trouble, StoppedError."""
        task = self._task
        if task is None:
            raise StoppedError
        model = task.check_model()
        opened = task.open_recording()
        self._task = None
        return opened.joined, model, task.sound_of(opened), task.language

    def _should_stop(self) -> bool:
        self._may_go_on.wait()
        return self._is_stopping
