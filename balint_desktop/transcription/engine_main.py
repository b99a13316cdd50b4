"""The engine's process: it finds speech and hears pieces, and holds no key, no vault path and no network."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from balint_desktop.pipes import read_exactly
from balint_desktop.transcription import confinement
from balint_desktop.transcription.engine_protocol import REQUEST, EngineRequest, answer

if TYPE_CHECKING:
    from balint_desktop.transcription.speech_finder import SpeechFinder
    from balint_desktop.transcription.whisper_engine import WhisperEngine


def main() -> int:
    """Answer requests until the end of input, so that no sound stays in memory after the app dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confinement.give_up_network()
    confinement.give_way()
    requests, answers = _own_pipes()
    engine = _Engine()
    while (head := read_exactly(requests.read, REQUEST.size)) is not None:
        kind, size = REQUEST.unpack(head)
        data = read_exactly(requests.read, size)
        if data is None:
            break
        try:
            answers.write(answer(engine.does(EngineRequest(kind))(data)))
            answers.flush()
        except Exception:  # noqa: BLE001  a damaged model, too little memory: the end says enough, a trace holds words
            os._exit(1)
    # Without the interpreter's last steps: a model of a gigabyte takes its time to be taken apart.
    os._exit(0)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of requests and answers; whatever a library prints goes to the error stream."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers


class _Engine:
    """The model and the speech finder, once loaded."""

    def __init__(self) -> None:
        self._whisper: WhisperEngine | None = None
        self._finder: SpeechFinder | None = None
        self._prompt = ""

    def does(self, request: EngineRequest) -> Callable[[bytes], dict[str, Any]]:
        """Return what answers a request."""
        return {
            EngineRequest.START: self._start,
            EngineRequest.NEW_STRETCH: self._new_stretch,
            EngineRequest.SPEECH: self._speech,
            EngineRequest.STRETCH_END: self._stretch_end,
            EngineRequest.HEAR: self._hear,
            EngineRequest.PROMPT: self._set_prompt,
        }[request]

    def _start(self, data: bytes) -> dict[str, Any]:
        # Here, so that a missing package is told as the failure of a request.
        from balint_desktop.transcription.speech_finder import SpeechFinder  # noqa: PLC0415
        from balint_desktop.transcription.whisper_engine import WhisperEngine, engine_name  # noqa: PLC0415

        asked = json.loads(data)
        self._finder = SpeechFinder()
        self._whisper = WhisperEngine(Path(asked["model"]), asked["language"], asked["threads"])
        confinement.give_up_files()
        return {"engine": engine_name()}

    def _new_stretch(self, _data: bytes) -> dict[str, Any]:
        if self._finder is not None:
            self._finder.new_stretch()
        return {}

    def _speech(self, data: bytes, *, is_last: bool = False) -> dict[str, Any]:
        speech, levels = self._finder.find(data, is_last=is_last) if self._finder is not None else ([], [])
        return {"speech": speech, "level_db": levels}

    def _stretch_end(self, data: bytes) -> dict[str, Any]:
        return self._speech(data, is_last=True)

    def _hear(self, data: bytes) -> dict[str, Any]:
        from balint_desktop.transcription.speech_finder import resampled  # noqa: PLC0415

        whisper = self._whisper
        words, segments = whisper.hear(resampled(data), self._prompt) if whisper is not None else ([], [])
        return {"words": words, "segments": segments}

    def _set_prompt(self, data: bytes) -> dict[str, Any]:
        self._prompt = data.decode()
        return {}


if __name__ == "__main__":
    sys.exit(main())
