from __future__ import annotations

import pytest
from transcript_values import P4, spoken, transcript, turn

from balint_desktop.domain.transcript.open_places import Need, count_needs, count_to_look_at, open_places
from balint_desktop.domain.transcript.transcript import UNKNOWN, Turn, Word, WordKind


def stretch(kind, from_ms, text=""):
    return Word(text, from_ms, from_ms + 400, kind=kind)


ONE = transcript(
    Turn(1, P4, 0, 600, (*spoken("I"), *spoken("cuter", 200, probability=0.3), *spoken("so", 400))),
    Turn(2, UNKNOWN, 1_000, 1_400, (stretch(WordKind.NOT_UNDERSTOOD, 1_000),)),
    turn(3, "Then we", 2_000, UNKNOWN),
    Turn(4, P4, 3_000, 3_400, (stretch(WordKind.NO_WORDS, 3_000),)),
    Turn(
        5, P4, 4_000, 5_000, (stretch(WordKind.UNCLEAR, 4_000), stretch(WordKind.OTHER_LANGUAGE, 4_500, "te reo Māori"))
    ),
    Turn(6, P4, 6_000, 7_000, (stretch(WordKind.OVERLAP, 6_000), stretch(WordKind.WITHDRAWN, 6_500))),
    Turn(7, UNKNOWN, 8_000, 9_000),
)


def test_every_place_that_needs_a_person_is_found_in_order():
    assert [(place.need, place.turn_id, place.at_word) for place in open_places(ONE)] == [
        (Need.DOUBTFUL, 1, 1),
        (Need.NOT_UNDERSTOOD, 2, 0),
        (Need.SPEAKER, 3, None),
        (Need.NO_WORDS, 4, 0),
        (Need.UNCLEAR, 5, 0),
        (Need.OTHER_LANGUAGE, 5, 1),
    ]


def test_needs_are_counted():
    assert dict.fromkeys(Need, 1) == count_needs(ONE)


@pytest.mark.parametrize("words", [(), (stretch(WordKind.NOT_UNDERSTOOD, 0),), (stretch(WordKind.WITHDRAWN, 0),)])
def test_where_no_words_are_nobody_asks_for_a_speaker(words):
    assert count_needs(transcript(Turn(1, UNKNOWN, 0, 400, words)))[Need.SPEAKER] == 0


def test_speakers_are_counted_apart_from_the_places_to_look_at():
    assert count_to_look_at(count_needs(ONE)) == 5
    assert count_to_look_at({Need.SPEAKER: 4}) == 0


def test_a_place_says_where_it_is():
    place = next(open_places(ONE))

    assert (place.from_ms, place.until_ms) == (200, 400)
