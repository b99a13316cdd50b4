"""Have the real engine hear a sound, as the app does, without a vault."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from transcription_material import MODEL, engine_python

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.transcript.first_text import from_machine
from balint_desktop.domain.transcript.machine_text import Verdict
from balint_desktop.domain.transcript.plan import EngineChoice
from balint_desktop.transcription.audible import AudibleSound, AudibleStretch
from balint_desktop.transcription.engine_options import OPTIONS
from balint_desktop.transcription.transcriber import Transcriber

CHOICE = EngineChoice("faster-whisper", MODEL, "1a5afae0", "en", OPTIONS)
THREADS = 2


def engine_command():
    return [str(engine_python()), "-m", "balint_desktop.transcription.engine_main"]


@dataclass
class Memory:
    """A store of pieces that forgets at the end."""

    stored: object = None
    pieces: dict = field(default_factory=dict)

    def plan(self):
        return self.stored

    def begin(self, plan):
        self.stored = plan
        self.pieces.clear()

    def heard(self):
        return self.pieces

    def add(self, piece):
        self.pieces[piece.number] = piece


def sound_of(pcm, stretches=None):
    """Return a sound of which these spans, in milliseconds, may be heard; the whole if none are given."""
    data = pcm.tobytes()
    spans = stretches or [(0, len(pcm) // 48)]
    audible = tuple(AudibleStretch(begin, end, 1, begin) for begin, end in spans)
    return AudibleSound(audible, lambda _part, at, frames: data[2 * at : 2 * (at + frames)])


def hear(engine, pcm, stretches=None, store=None):
    """Return the store with all pieces of a sound, and its first text."""
    store = store or Memory()
    sound = sound_of(pcm, stretches)
    plan = Transcriber(
        sound, engine, store, clock=SystemClock(), report=lambda _progress: None, should_stop=lambda: False
    ).run(CHOICE)
    return store, from_machine([piece for _, piece in sorted(store.pieces.items())], plan.speech)


def text_of(store):
    """Return what was understood."""
    pieces = [piece for _, piece in sorted(store.pieces.items()) if piece.verdict is Verdict.UNDERSTOOD]
    return " ".join(word.text for piece in pieces for word in piece.words)


def own_code_first():
    """Let the engine's Python find the code under test, wherever its environment was made."""
    from pathlib import Path  # noqa: PLC0415

    here = str(Path(__file__).resolve().parents[2])
    os.environ["PYTHONPATH"] = os.pathsep.join(
        dict.fromkeys([here, *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    )
