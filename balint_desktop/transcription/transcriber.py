"""Transcribe one recording: plan its pieces, have the missing ones heard, store each at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.transcript.estimate import WorkEstimate
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardSegment, HeardWord, verdict
from balint_desktop.domain.transcript.pieces import Window, WindowedStretch, plan_pieces, speech_spans
from balint_desktop.domain.transcript.plan import EngineChoice, TranscriptionPlan
from balint_desktop.domain.transcript.spans import length_ms
from balint_desktop.transcription.audible import AudibleSound, AudibleStretch


class Engine(Protocol):
    """What finds speech and hears pieces, such as `EngineHandle`."""

    def new_stretch(self) -> None:
        """Begin to look for speech in another stretch. Raise Trouble."""

    def find_speech(self, pcm: bytes, *, is_last: bool) -> list[Window]:
        """Return the windows that are finished with this sound. Raise Trouble."""
        ...

    def hear(self, pcm: bytes, from_ms: int, until_ms: int) -> tuple[list[HeardWord], list[HeardSegment]]:
        """Return what a piece says. Raise Trouble."""
        ...


class PieceStore(Protocol):
    """Where the plan and the pieces are stored, each sealed before the next is heard."""

    def plan(self) -> TranscriptionPlan | None:
        """Return the stored plan, None without one. Raise Trouble."""
        ...

    def begin(self, plan: TranscriptionPlan) -> None:
        """Store a plan, and drop the pieces of another. Raise Trouble."""
        ...

    def heard(self) -> Mapping[int, HeardPiece]:
        """Return the pieces that are stored, by number. Raise Trouble."""
        ...

    def add(self, piece: HeardPiece) -> None:
        """Store a piece. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class TranscriptionProgress:
    """How far it is. Without a plan yet, `planned_ms` says how much was searched for speech.

    `left_s` is the estimate in seconds, None before three pieces are heard.
    """

    planned_ms: int
    audible_ms: int
    speech_done_ms: int = 0
    speech_ms: int | None = None
    left_s: float | None = None

    @property
    def share(self) -> float | None:
        """Return the share of the speech that is done, 0 to 1, all of none; None while speech is looked for."""
        if self.speech_ms is None:
            return None
        return self.speech_done_ms / self.speech_ms if self.speech_ms else 1.0


class StoppedError(Exception):
    """It was asked to stop between two pieces."""


class Transcriber:
    """Transcribes one recording on the caller's thread."""

    def __init__(
        self,
        sound: AudibleSound,
        engine: Engine,
        store: PieceStore,
        *,
        clock: Clock,
        report: Callable[[TranscriptionProgress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self._sound = sound
        self._engine = engine
        self._store = store
        self._clock = clock
        self._report = report
        self._should_stop = should_stop

    def run(self, choice: EngineChoice) -> TranscriptionPlan:
        """Plan, unless a plan of the same choice is stored, and hear every piece that is missing.

        Raise Trouble, StoppedError.
        """
        audible = tuple((one.from_ms, one.until_ms) for one in self._sound.stretches)
        plan = self._store.plan()
        if plan is None or not plan.fits(choice, audible):
            plan = self._planned(choice)
            self._store.begin(plan)
        self._hear(plan)
        return plan

    def _planned(self, choice: EngineChoice) -> TranscriptionPlan:
        audible_ms = sum(one.until_ms - one.from_ms for one in self._sound.stretches)
        searched = [self._windows(one, audible_ms) for one in self._sound.stretches]
        return TranscriptionPlan(
            choice,
            tuple((one.from_ms, one.until_ms) for one in self._sound.stretches),
            tuple(span for stretch in searched for span in speech_spans(stretch)),
            plan_pieces(searched),
        )

    def _windows(self, stretch: AudibleStretch, audible_ms: int) -> WindowedStretch:
        before = length_ms((one.from_ms, min(one.until_ms, stretch.from_ms)) for one in self._sound.stretches)
        windows: list[Window] = []
        self._engine.new_stretch()
        for pcm, is_last in self._sound.chunks(stretch):
            self._check()
            windows += self._engine.find_speech(pcm, is_last=is_last)
            done = min(stretch.until_ms - stretch.from_ms, len(windows) * 32)
            self._report(TranscriptionProgress(before + done, audible_ms))
        return WindowedStretch(stretch.from_ms, stretch.until_ms, windows)

    def _hear(self, plan: TranscriptionPlan) -> None:
        stored = set(self._store.heard())
        estimate = WorkEstimate()
        audible_ms = length_ms(plan.audible)
        done = sum(piece.speech_ms for number, piece in enumerate(plan.pieces) if number in stored)
        for number, piece in enumerate(plan.pieces):
            left = estimate.left_s(plan.speech_ms - done)
            self._report(TranscriptionProgress(audible_ms, audible_ms, done, plan.speech_ms, left))
            if number in stored:
                continue
            self._check()
            began_s = self._clock.now().boot
            words, segments = self._engine.hear(
                self._sound.between(piece.from_ms, piece.until_ms), piece.from_ms, piece.until_ms
            )
            found = HeardPiece(number, piece.from_ms, piece.until_ms, verdict(words, segments), tuple(words))
            self._store.add(found)
            done += piece.speech_ms
            estimate.add(piece.speech_ms, self._clock.now().boot - began_s)
        self._report(TranscriptionProgress(audible_ms, audible_ms, done, plan.speech_ms, 0.0))

    def _check(self) -> None:
        if self._should_stop():
            raise StoppedError
