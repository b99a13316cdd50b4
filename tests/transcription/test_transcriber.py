"""Plan, hear, store, stop, go on: with an engine that plays along."""

from __future__ import annotations

import numpy as np
import pytest
from clocks import WoundClock
from transcription.heard import CHOICE, Memory, sound_of

from balint_desktop.domain.transcript.machine_text import HeardSegment, HeardWord, Verdict
from balint_desktop.domain.transcript.pieces import Window
from balint_desktop.domain.transcript.plan import EngineChoice
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.transcriber import StoppedError, Transcriber

LOUD, QUIET = 9_000, 0


class Played:
    """An engine that takes loud sound for speech and writes the second at which a piece begins; it may die."""

    def __init__(self, dies_at=None):
        self.heard = []
        self.searched_ms = 0
        self._dies_at = dies_at
        self._left = 0

    def new_stretch(self):
        self._left = 0

    def find_speech(self, pcm, *, is_last):
        samples = np.abs(np.frombuffer(pcm, "<i2").astype(int))
        self.searched_ms += len(samples) // 48
        # What is left of a window is carried on, as by the real one.
        whole = (self._left + len(samples)) // 1536 + (is_last and (self._left + len(samples)) % 1536 > 0)
        self._left = (self._left + len(samples)) % 1536
        levels = [samples[n * 1536 : (n + 1) * 1536] for n in range(whole)]
        return [Window(1.0 if len(part) and part.mean() > 100 else 0.0, -20.0) for part in levels]

    def hear(self, pcm, from_ms, until_ms):
        if len(self.heard) + 1 == self._dies_at:
            raise Trouble(TroubleCode.ENGINE_FAILED)
        assert len(pcm) == (until_ms - from_ms) * 96
        self.heard.append((from_ms, until_ms))
        words = [HeardWord("at", from_ms, from_ms + 200, 0.9), HeardWord(str(from_ms), from_ms + 200, until_ms, 0.9)]
        return words, [HeardSegment(1.2, 0.0)]


def speech(*seconds_on_and_off):
    """Return loud and quiet sound in turn."""
    parts = [
        np.full(48_000 * seconds, LOUD if n % 2 == 0 else QUIET, "<i2") for n, seconds in enumerate(seconds_on_and_off)
    ]
    return np.concatenate(parts)


def transcriber(sound, engine, store, report=lambda _progress: None, should_stop=lambda: False):
    return Transcriber(sound, engine, store, clock=WoundClock(), report=report, should_stop=should_stop)


THREE = speech(20, 5, 20, 5, 20, 5)


def test_every_piece_is_heard_once_and_stored_with_its_verdict():
    engine, store = Played(), Memory()
    plan = transcriber(sound_of(THREE), engine, store).run(CHOICE)

    assert engine.heard == [(piece.from_ms, piece.until_ms) for piece in plan.pieces]
    assert [(piece.number, piece.verdict) for piece in store.pieces.values()] == [
        (n, Verdict.UNDERSTOOD) for n in range(3)
    ]
    assert engine.searched_ms == 75_000


@pytest.mark.parametrize("dies_at", [1, 2, 3])
def test_an_engine_that_dies_in_any_piece_costs_that_piece_alone(dies_at):
    store = Memory()
    with pytest.raises(Trouble):
        transcriber(sound_of(THREE), Played(dies_at), store).run(CHOICE)
    assert len(store.pieces) == dies_at - 1
    again = Played()
    transcriber(sound_of(THREE), again, store).run(CHOICE)

    assert len(again.heard) == 3 - (dies_at - 1)
    assert again.searched_ms == 0
    assert sorted(store.pieces) == [0, 1, 2]


def test_asked_to_stop_it_stops_before_the_next_piece():
    engine, store = Played(), Memory()
    with pytest.raises(StoppedError):
        transcriber(sound_of(THREE), engine, store, should_stop=lambda: len(engine.heard) == 2).run(CHOICE)

    assert sorted(store.pieces) == [0, 1]


def test_asked_to_stop_while_it_looks_for_speech_it_stores_no_plan():
    engine, store = Played(), Memory()
    with pytest.raises(StoppedError):
        transcriber(sound_of(THREE), engine, store, should_stop=lambda: engine.searched_ms > 15_000).run(CHOICE)

    assert store.plan() is None


@pytest.mark.parametrize(
    "other",
    [
        EngineChoice("faster-whisper", "small.en", "62b2", "en", CHOICE.options),
        EngineChoice("faster-whisper", CHOICE.model, CHOICE.model_sha256, "de", CHOICE.options),
        EngineChoice("faster-whisper", CHOICE.model, CHOICE.model_sha256, "en", {"temperature": 0.2}),
    ],
)
def test_pieces_of_another_model_language_or_option_are_never_mixed(other):
    store = Memory()
    with pytest.raises(Trouble):
        transcriber(sound_of(THREE), Played(dies_at=3), store).run(CHOICE)
    again = Played()
    transcriber(sound_of(THREE), again, store).run(other)

    assert len(again.heard) == 3


def test_what_was_removed_meanwhile_is_heard_by_no_later_run_and_nothing_heard_before_stays():
    store = Memory()
    with pytest.raises(Trouble):
        transcriber(sound_of(THREE), Played(dies_at=3), store).run(CHOICE)
    again = Played()
    plan = transcriber(sound_of(THREE, [(0, 5_000), (30_000, 75_000)]), again, store).run(CHOICE)

    assert not any(begin < 30_000 and end > 5_000 for begin, end in again.heard)
    assert len(store.pieces) == len(plan.pieces)


def test_progress_counts_speech_so_that_silence_is_no_work():
    seen = []
    transcriber(sound_of(speech(20, 100, 20)), Played(), Memory(), report=seen.append).run(CHOICE)

    planned = [one for one in seen if one.speech_ms is None]
    assert [one.share for one in planned] == [None] * len(planned)
    assert planned[-1].planned_ms == planned[-1].audible_ms == 140_000
    assert [round(one.share, 2) for one in seen if one.speech_ms is not None] == [0.0, 0.5, 1.0]


def test_of_a_silent_recording_all_of_nothing_is_done_once_it_was_looked_through():
    seen = []
    transcriber(sound_of(speech(0, 140, 0)), Played(), Memory(), report=seen.append).run(CHOICE)

    assert [one.share for one in seen if one.speech_ms is not None] == [1.0]
    assert seen[-1].left_s == 0.0


def test_in_stretches_that_are_too_short_nothing_is_heard():
    engine, store = Played(), Memory()
    plan = transcriber(sound_of(speech(3), [(0, 900), (1_000, 1_800)]), engine, store).run(CHOICE)

    assert plan.pieces == ()
    assert engine.heard == []
