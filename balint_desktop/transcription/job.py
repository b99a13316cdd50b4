"""One transcription, from an open recording to the first working text; it goes on where it was stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.transcript.first_text import from_machine
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.plan import EngineChoice, TranscriptionPlan
from balint_desktop.domain.transcript.sign_off import SignOffState, sign_off_state
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.transcription.audible import AudibleSound, ReadSound, audible_stretches
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.engine_options import OPTIONS
from balint_desktop.transcription.transcriber import Transcriber, TranscriptionProgress
from balint_desktop.vault.transcript_files import TranscriptFiles


@dataclass(frozen=True, slots=True)
class ModelToUse:
    """A model on this computer, checked a moment ago: its name, its folder, the SHA-256 of its weights."""

    name: str
    folder: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class FirstText:
    """What a transcription ended with: its plan, the text, and what is open in it."""

    plan: TranscriptionPlan
    transcript: Transcript
    state: SignOffState


def transcribe(
    joined: JoinedRecording,
    read: ReadSound,
    engine: EngineHandle,
    files: TranscriptFiles,
    *,
    model: ModelToUse,
    language: str,
    clock: Clock,
    report: Callable[[TranscriptionProgress], None] = lambda _progress: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> FirstText:
    """Transcribe a recording, and write its first text. On any thread, for minutes.

    Raise Trouble: ENGINE_FAILED, NOTHING_TO_HEAR, the disk's; StoppedError where it was asked to stop: what was heard
    until then is stored, and the next call goes on from there.
    """
    stretches = audible_stretches(joined)
    if not stretches:
        raise Trouble(TroubleCode.NOTHING_TO_HEAR)
    name = engine.start(model.folder, language, os.cpu_count() or 1)
    choice = EngineChoice(name, model.name, model.sha256, language, OPTIONS)
    sound = AudibleSound(stretches, read)
    plan = Transcriber(sound, engine, files, clock=clock, report=report, should_stop=should_stop).run(choice)
    heard = files.finish_heard()
    transcript = from_machine(heard, plan.speech)
    files.write_transcript(transcript)
    return FirstText(plan, transcript, sign_off_state(transcript, Listened(), plan.audible))
