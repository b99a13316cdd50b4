"""The process to be killed: it transcribes a recording and keeps a ledger of what the engine answered.

transcribing_child.py FOLDER RECORDING LEDGER [PYTHON MODEL]     the vault's secret on standard input

PYTHON is that of the real engine, MODEL its model's folder; without them an engine plays along.
"""

from __future__ import annotations

import sys
from pathlib import Path

from played_engine import COMMAND

from balint_desktop.__main__ import leave_no_core
from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.service import RecordingService
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.job import ModelToUse, transcribe
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault


class _Engine(EngineHandle):
    """Writes down each piece that was answered, before it can be stored."""

    def __init__(self, command, ledger):
        super().__init__(command)
        self._ledger = ledger

    def hear(self, pcm, from_ms, until_ms):
        answer = super().hear(pcm, from_ms, until_ms)
        with self._ledger.open("a") as file:
            file.write(f"{from_ms}\n")
        return answer


def _say_when_planned(progress):
    """Say once that pieces are heard now: before that there is nothing to lose."""
    if progress.speech_ms is not None and not _said:
        _said.append(True)
        print("working", flush=True)


_said = []


def main(folder, recording, ledger, python=None, model=None):
    leave_no_core()
    vault = OpenVault(Path(folder), VaultSecret.from_text(sys.stdin.read()), SystemClock())
    transcripts, recordings = TranscriptVault(vault), RecordingService(vault, open_pcm, encode_pcm)
    files = transcripts.begin_or_resume(RecordingId(recording), "en")
    opened = recordings.open(recordings.source(RecordingId(recording)))
    command = COMMAND if python is None else (python, "-m", "balint_desktop.transcription.engine_main")
    reel, engine = ReelHandle(lambda: opened.sounds), _Engine(command, Path(ledger))
    reel.start()
    to_use = ModelToUse("played" if model is None else "tiny.en", Path(model or Path(ledger).parent), "0" * 64)
    first = transcribe(
        opened.joined,
        reel.read,
        engine,
        files,
        model=to_use,
        language="en",
        clock=SystemClock(),
        report=_say_when_planned,
    )
    transcripts.note_plan(RecordingId(recording), first.plan)
    transcripts.note_text(RecordingId(recording), first.state)
    engine.close()
    reel.close()
    vault.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
