"""The app's handle on the engine's process: start it, find speech, hear a piece, kill it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from balint_desktop.command import start_piped
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.transcript.machine_text import HeardSegment, HeardWord
from balint_desktop.domain.transcript.pieces import Window
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.pipes import drop_errors, kill
from balint_desktop.transcription.engine_protocol import (
    REQUEST,
    EngineRequest,
    EngineSaysNonsenseError,
    read_answer,
)


class EngineHandle:
    """Runs the engine for one recording. Called on one thread, except for `close`.

    Whatever ends the engine, a damaged model or too little memory, is Trouble ENGINE_FAILED of the current request.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Return the process id, None before `start`."""
        return None if self._process is None else self._process.pid

    def start(self, model: Path, language: str, threads: int) -> str:
        """Start the engine with a model; return its name and version, for the plan. Raise Trouble."""
        with self._guard:
            if self._closed:
                raise Trouble(TroubleCode.ENGINE_FAILED)
            try:
                self._process = process = start_piped(self._command)
            except OSError as error:
                raise Trouble(TroubleCode.ENGINE_FAILED) from error
        drop_errors(process, "engine")
        asked = {"model": str(model), "language": language, "threads": threads}
        return str(self._ask(EngineRequest.START, json.dumps(asked).encode()).get("engine", ""))

    def new_stretch(self) -> None:
        """Begin to look for speech in another stretch. Raise Trouble."""
        self._ask(EngineRequest.NEW_STRETCH)

    def find_speech(self, pcm: bytes, *, is_last: bool) -> list[Window]:
        """Return the windows that are finished with this sound (int16, 48 kHz, mono). Raise Trouble."""
        message = self._ask(EngineRequest.STRETCH_END if is_last else EngineRequest.SPEECH, pcm)
        with foreign_errors(Trouble(TroubleCode.ENGINE_FAILED)):
            pairs = zip(message["speech"], message["level_db"], strict=True)
            return [Window(int(speech) / 100, float(level)) for speech, level in pairs]

    def hear(self, pcm: bytes, from_ms: int, until_ms: int) -> tuple[list[HeardWord], list[HeardSegment]]:
        """Return what a piece says (int16, 48 kHz, mono), with the session's milliseconds. Raise Trouble."""
        message = self._ask(EngineRequest.HEAR, pcm)
        with foreign_errors(Trouble(TroubleCode.ENGINE_FAILED)):
            words = [
                HeardWord(
                    str(text),
                    min(max(from_ms + round(1000 * begin_s), from_ms), until_ms),
                    min(max(from_ms + round(1000 * end_s), from_ms), until_ms),
                    float(probability),
                )
                for text, begin_s, end_s, probability in message["words"]
            ]
            return words, [HeardSegment(float(ratio), float(none)) for ratio, none in message["segments"]]

    def set_prompt(self, text: str) -> None:
        """Hear the pieces that follow as if a text had been said before them; empty for none. Raise Trouble."""
        self._ask(EngineRequest.PROMPT, text.encode())

    def close(self) -> None:
        """Kill the engine: it holds nothing worth saving. Any thread."""
        with self._guard:
            self._closed = True
            process = self._process
        if process is not None:
            kill(process)

    def _ask(self, request: EngineRequest, data: bytes = b"") -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise Trouble(TroubleCode.ENGINE_FAILED)
        try:
            process.stdin.write(REQUEST.pack(request, len(data)))
            process.stdin.write(data)
            process.stdin.flush()
            message = read_answer(process.stdout.read)
        except (OSError, ValueError, EngineSaysNonsenseError) as error:
            raise Trouble(TroubleCode.ENGINE_FAILED) from error
        if message is None:
            raise Trouble(TroubleCode.ENGINE_FAILED)
        return message
