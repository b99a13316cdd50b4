"""Have a place of a transcript heard again, a few seconds in up to three ways; stopped at once when asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from balint_desktop.domain.transcript.machine_text import is_invented
from balint_desktop.domain.transcript.second_hearing import (
    Hearing,
    PlaceToHear,
    Reading,
    distinct,
    hearings,
    reading_of,
    span_of,
)
from balint_desktop.domain.transcript.transcript import Transcript
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.transcription.audible import AudibleSound, audible_stretches
from balint_desktop.transcription.background import SoundReader
from balint_desktop.transcription.choice import ENGLISH
from balint_desktop.transcription.engine_handle import EngineHandle
from balint_desktop.transcription.job import ModelToUse

Report = Callable[[int, int], None]
"""Called before each hearing with its number, from 1, and how many there are."""


@dataclass(frozen=True, slots=True)
class ListeningTask:
    """What a second hearing needs. `check_model` is called on its thread: it takes a second.

    `prompt` are words that the model is given for one of the hearings, where it hears English. They are never names: a
    roster is opened for a person who asks to see it, and a model writes what it was given where nobody said it.
    """

    joined: JoinedRecording
    command: Sequence[str]
    language: str
    check_model: Callable[[], ModelToUse]
    sound: SoundReader
    prompt: Sequence[str] = ()


class SecondHearing:
    """One second hearing. `run` is called on one thread, `stop` on any."""

    def __init__(self, task: ListeningTask, transcript: Transcript, place: PlaceToHear) -> None:
        self._task, self._transcript, self._place = task, transcript, place
        self._engine = EngineHandle(task.command)
        self._is_stopping = False

    def run(self, report: Report = lambda _number, _many: None) -> tuple[Reading, ...] | None:
        """Return the distinct readings, without what the text has already; None if it was stopped.

        Raise Trouble LISTENING_FAILED, the model's.
        """
        try:
            return self._readings(report)
        except Trouble as trouble:
            if self._is_stopping:
                # An engine that was killed here has not failed.
                return None
            if trouble.code in {TroubleCode.ENGINE_FAILED, TroubleCode.CHILD_FAILED}:
                raise Trouble(TroubleCode.LISTENING_FAILED) from trouble
            raise
        finally:
            self._close()

    def stop(self) -> None:
        """Stop at once: the engine and what holds the sound are killed."""
        self._is_stopping = True
        self._close()

    def _close(self) -> None:
        self._engine.close()
        self._task.sound.close()

    def _readings(self, report: Report) -> tuple[Reading, ...]:
        task = self._task
        stretches = audible_stretches(task.joined)
        to_hear = hearings(
            span_of(self._transcript, self._place),
            [(one.from_ms, one.until_ms) for one in stretches],
            has_prompt=bool(task.prompt) and task.language == ENGLISH,
        )
        if not to_hear:
            return ()
        model = task.check_model()
        task.sound.start()
        sound = AudibleSound(stretches, task.sound.read)
        self._engine.start(model.folder, task.language, os.cpu_count() or 1)
        found: list[Reading] = []
        for number, hearing in enumerate(to_hear, start=1):
            report(number, len(to_hear))
            reading = self._reading(sound, hearing)
            found += [reading] if reading is not None else []
        turn = self._transcript.turn(self._place.turn_id)
        return distinct(found, " ".join(word.text for word in turn.words[self._place.first : self._place.last]))

    def _reading(self, sound: AudibleSound, hearing: Hearing) -> Reading | None:
        if hearing.with_prompt:
            self._engine.set_prompt(f"{', '.join(self._task.prompt)}.")
        begin, end = hearing.span
        words, segments = self._engine.hear(sound.between(begin, end), begin, end)
        if is_invented(words, segments):
            return None
        return reading_of(self._transcript.turn(self._place.turn_id), self._place, words, hearing.span)
