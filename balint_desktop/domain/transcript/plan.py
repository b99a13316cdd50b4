"""The plan of a transcription: the model, the options and every piece, stored before the first is heard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.transcript.page_format import VERSION, NotOurFormatError
from balint_desktop.domain.transcript.pieces import SpeechPiece
from balint_desktop.domain.transcript.spans import Span


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What hears: the engine's name and version, the model's name and SHA-256, the language, the options."""

    engine: str
    model: str
    model_sha256: str
    language: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TranscriptionPlan:
    """What is heard by what. `audible` are the stretches that may be heard, `speech` the speech found in them."""

    choice: EngineChoice
    audible: tuple[Span, ...]
    speech: tuple[Span, ...]
    pieces: tuple[SpeechPiece, ...]

    @property
    def speech_ms(self) -> int:
        """Return how many milliseconds of speech the pieces hold."""
        return sum(piece.speech_ms for piece in self.pieces)

    def fits(self, choice: EngineChoice, audible: tuple[Span, ...]) -> bool:
        """Return whether pieces heard by this plan may stand beside others heard so: nothing is mixed."""
        return self.choice == choice and self.audible == audible

    def to_json(self) -> bytes:
        """Return the plan as JSON text."""
        message = {
            "version": VERSION,
            "engine": self.choice.engine,
            "model": self.choice.model,
            "model_sha256": self.choice.model_sha256,
            "language": self.choice.language,
            "options": dict(self.choice.options),
            "audible": self.audible,
            "speech": self.speech,
            "pieces": [(piece.from_ms, piece.until_ms, piece.speech_ms) for piece in self.pieces],
        }
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def plan_from_json(data: bytes) -> TranscriptionPlan:
    """Return a plan. Raise NotOurFormatError."""
    with foreign_errors(NotOurFormatError()):
        message = json.loads(data)
        if message["version"] != VERSION:
            raise NotOurFormatError
        choice = EngineChoice(
            str(message["engine"]),
            str(message["model"]),
            str(message["model_sha256"]),
            str(message["language"]),
            dict(message["options"]),
        )
        return TranscriptionPlan(
            choice,
            tuple((int(begin), int(end)) for begin, end in message["audible"]),
            tuple((int(begin), int(end)) for begin, end in message["speech"]),
            tuple(SpeechPiece(int(begin), int(end), int(speech)) for begin, end, speech in message["pieces"]),
        )
