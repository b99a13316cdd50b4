from __future__ import annotations

import pytest
from transcript_values import P4, transcript, turn

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import sign_off_state
from balint_desktop.domain.transcript.transcript import UNKNOWN, Turn, Word, WordKind

CLEAN = transcript(turn(1, "I was there"))
HOUR = [(0, 1_800_000), (1_900_000, 3_700_000)]
ALL = Listened(((0, 3_700_000),))


def marked(kind):
    return transcript(Turn(1, P4, 0, 400, (Word("te reo Māori", 0, 400, kind=kind),)))


def test_what_can_be_heard_and_what_was_is_counted():
    state = sign_off_state(CLEAN, Listened(((0, 900_000), (1_800_000, 1_950_000))), HOUR)

    assert (state.listened_ms, state.audible_ms) == (950_000, 3_600_000)


@pytest.mark.parametrize(("missing_ms", "expected"), [(2_000, False), (2_001, True)])
def test_what_was_not_listened_to_asks_for_a_reason_beyond_two_seconds(missing_ms, expected):
    assert expected is sign_off_state(CLEAN, Listened(((missing_ms, 3_700_000),)), HOUR).needs_reason


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (marked(WordKind.UNCLEAR), Need.UNCLEAR),
        (marked(WordKind.NOT_UNDERSTOOD), Need.NOT_UNDERSTOOD),
        (marked(WordKind.OTHER_LANGUAGE), Need.OTHER_LANGUAGE),
        (transcript(turn(1, "so", probability=0.2)), Need.DOUBTFUL),
        (transcript(turn(1, "so", speaker=UNKNOWN)), Need.SPEAKER),
    ],
)
def test_every_open_place_asks_for_a_reason(text, need):
    state = sign_off_state(text, ALL, HOUR)

    assert ({need: 1}, True) == (state.open, state.needs_reason)


def test_a_text_without_open_places_that_was_all_listened_to_asks_for_none():
    state = sign_off_state(CLEAN, ALL, HOUR)

    assert (state.open, state.needs_reason, state.waits_for_speaker) == ({}, False, False)


@pytest.mark.parametrize(("kind", "expected"), [(WordKind.OTHER_LANGUAGE, True), (WordKind.UNCLEAR, False)])
def test_another_language_waits_for_somebody_who_speaks_it(kind, expected):
    assert expected is sign_off_state(marked(kind), ALL, HOUR).waits_for_speaker
