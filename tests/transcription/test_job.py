"""The whole way of one transcription: a sealed recording, the real engine, a sealed text."""

from __future__ import annotations

import pytest
from spoken import word_error_rate
from spoken_vaults import spoken_session
from transcription.heard import engine_command, own_code_first
from transcription_material import MODEL, model_folder

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.transcript.transcript import WordKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.job import ModelToUse, transcribe
from balint_desktop.transcription.transcriber import StoppedError
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["spoken_session"]


@pytest.fixture
def vault(spoken_session):
    own_code_first()
    opened = spoken_session.made.open()
    yield opened
    opened.close()


def run(vault, recording, should_stop=lambda: False, command=None):
    """Transcribe as the command line does."""
    recordings = RecordingService(vault, open_pcm, encode_pcm)
    files = TranscriptVault(vault).begin_or_resume(recording, "en")
    opened = recordings.open(recordings.source(recording))
    reel, engine = ReelHandle(lambda: opened.sounds), EngineHandle(command or engine_command())
    model = ModelToUse(MODEL, model_folder(), "1a5afae06a4d")
    try:
        reel.start()
        return files, transcribe(
            opened.joined,
            reel.read,
            engine,
            files,
            model=model,
            language="en",
            clock=SystemClock(),
            should_stop=should_stop,
        )
    finally:
        engine.close()
        reel.close()


def text_of(transcript):
    return " ".join(word.text for turn in transcript.turns for word in turn.words if word.kind is WordKind.SPOKEN)


def test_what_was_said_becomes_text_and_what_was_removed_paused_or_lost_does_not(vault, spoken_session):
    files, first = run(vault, spoken_session.recording)

    assert word_error_rate(spoken_session.said, text_of(first.transcript)) <= 0.25
    assert files.text() == first.transcript
    written = [word.text for piece in files.machine_text() for word in piece.words]
    assert not [word for word in written if "water" in word.casefold() or "melon" in word.casefold()]
    # The whole removed stretch with its margin, the gap between the parts and the pause were never given to it.
    whole = first.plan.audible[-1][1] - first.plan.audible[0][0]
    heard = sum(end - begin for begin, end in first.plan.audible)
    assert whole - heard > 8_000


def test_stopped_on_the_way_it_goes_on_and_ends_with_the_same_text(vault, spoken_session):
    # Once a chunk of two parts that are searched, once before each of two pieces.
    asked = iter(range(100))
    with pytest.raises(StoppedError):
        run(vault, spoken_session.recording, should_stop=lambda: next(asked) >= 3)
    _, first = run(vault, spoken_session.recording)
    TranscriptVault(vault).delete(spoken_session.recording)
    _, again = run(vault, spoken_session.recording)

    assert first == again


def test_an_engine_that_does_not_start_is_said(vault, spoken_session):
    with pytest.raises(Trouble) as raised:
        run(vault, spoken_session.recording, command=["/nowhere/engine"])

    assert raised.value.code is TroubleCode.ENGINE_FAILED
