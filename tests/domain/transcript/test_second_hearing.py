"""A place heard again: what sound is taken for it, which of the words heard are its own, what a choice makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import any_transcripts, require_ordered, spoken, text, times, transcript

from balint_desktop.domain.transcript.machine_text import HeardWord
from balint_desktop.domain.transcript.second_hearing import (
    LONGEST_MS,
    MOST_READINGS,
    PlaceToHear,
    Reading,
    distinct,
    hearings,
    place_to_hear,
    reading_of,
    shown,
    with_reading,
)
from balint_desktop.domain.transcript.transcript import Speaker, Turn, Word, WordKind

WHOLE = (0, 60_000)
PLACE = PlaceToHear(1, 2, 3)
CAME = Turn(
    1,
    Speaker("P4"),
    0,
    1_400,
    tuple(
        Word(one.text, one.from_ms, one.until_ms, 0.3 if at == 2 else 0.9)
        for at, one in enumerate(spoken("And the “cuter, came with us then."))
    ),
)


def place_of(kind, from_ms, until_ms):
    return Turn(1, Speaker("unknown"), from_ms, until_ms, (Word("", from_ms, until_ms, kind=kind),))


def heard(words, from_ms=0, step=200):
    return [HeardWord(one, from_ms + at * step, from_ms + (at + 1) * step, 0.6) for at, one in enumerate(words.split())]


# --- what may be heard again ---


def test_a_doubtful_word_or_words_with_one_are_a_place():
    assert place_to_hear(CAME, 2, 3) == PLACE
    assert place_to_hear(CAME, 1, 4) == PlaceToHear(1, 1, 4)
    assert place_to_hear(CAME, 0, 2) is None


@pytest.mark.parametrize("kind", [WordKind.NOT_UNDERSTOOD, WordKind.NO_WORDS])
def test_a_stretch_without_words_is_a_place_of_any_length(kind):
    assert place_to_hear(place_of(kind, 0, 40_000), 0, 1) == PlaceToHear(1, 0, 1)


@pytest.mark.parametrize("kind", [WordKind.WITHDRAWN, WordKind.OTHER_LANGUAGE, WordKind.UNCLEAR, WordKind.OVERLAP])
def test_what_a_person_decided_or_withdrew_is_none(kind):
    assert place_to_hear(place_of(kind, 0, 4_000), 0, 1) is None


def test_words_that_take_longer_than_is_heard_at_once_are_none():
    slow = Turn(1, Speaker("P4"), 0, 20_000, (Word("a", 0, 500, 0.1), Word("b", 10_500, 10_900, 0.1)))

    assert place_to_hear(slow, 0, 2) is None
    assert place_to_hear(slow, 0, 0) is None


# --- the sound ---


def test_a_word_is_heard_with_a_little_around_it_with_much_and_after_words_of_the_list():
    assert [(one.span, one.with_prompt) for one in hearings((20_000, 20_400), [WHOLE], has_prompt=True)] == [
        ((18_500, 21_900), False),
        ((15_200, 25_200), False),
        ((18_500, 21_900), True),
    ]


def test_without_a_list_the_third_is_nearer():
    assert hearings((20_000, 20_400), [WHOLE], has_prompt=False)[2].span == (19_600, 20_800)


@given(
    st.lists(st.integers(0, 90_000), min_size=2, max_size=8, unique=True).map(sorted),
    st.integers(0, 90_000),
    st.integers(0, 40_000),
    st.booleans(),
)
def test_no_hearing_leaves_a_stretch_or_is_longer_than_ten_seconds_or_shorter_than_one(
    edges, begin, length, has_prompt
):
    audible = list(zip(edges[::2], edges[1::2], strict=False))
    found = hearings((begin, begin + length), audible, has_prompt=has_prompt)

    assert len(found) <= MOST_READINGS
    assert len(set(found)) == len(found)
    for one in found:
        assert 1_000 <= one.span[1] - one.span[0] <= LONGEST_MS
        assert any(low <= one.span[0] and one.span[1] <= high for low, high in audible)


def test_nothing_is_heard_where_nothing_may_be_or_too_little():
    assert hearings((5_000, 6_000), [], has_prompt=True) == ()
    assert hearings((5_000, 6_000), [(0, 4_000), (7_000, 9_000)], has_prompt=True) == ()
    assert hearings((5_000, 5_500), [(4_900, 5_600)], has_prompt=True) == ()


# --- the reading ---


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("And the kuia came with us then.", "kuia"),
        ("the two of us came with us", "two of us"),
        ("And the came with us then.", None),
    ],
)
def test_between_the_same_neighbours_all_words_are_the_places_whatever_their_times(words, expected):
    reading = reading_of(CAME, PLACE, heard(words), (0, 1_400))

    assert (reading.text if reading else None) == expected


def test_where_the_neighbours_are_heard_as_other_words_times_decide():
    assert reading_of(CAME, PLACE, heard("In a kuia game when bus den"), (0, 1_400)).text == "kuia"


def test_in_a_stretch_without_words_all_that_is_heard_in_it_is_the_reading():
    turn = place_of(WordKind.NOT_UNDERSTOOD, 2_000, 4_000)
    words = heard("before i noho tahi mātou", from_ms=1_400, step=400)

    assert reading_of(turn, PlaceToHear(1, 0, 1), words, (500, 5_500)).text == "i noho tahi mātou"


def test_of_a_long_place_what_was_not_heard_stays_one():
    turn = place_of(WordKind.NOT_UNDERSTOOD, 0, 25_000)
    place = PlaceToHear(1, 0, 1)
    reading = reading_of(turn, place, heard("one two thr", step=3_300), (0, 10_000))
    after = with_reading(transcript(turn), place, reading)

    assert [(word.text, word.kind, word.from_ms, word.until_ms) for word in after.turn(1).words] == [
        ("one", "spoken", 0, 3_300),
        ("two", "spoken", 3_300, 6_600),
        ("", "not-understood", 6_600, 25_000),
    ]


def test_readings_are_shown_once_and_not_where_they_are_what_stands_there():
    made = [Reading((Word(one, 0, 9, 0.5),), 9) for one in ("kuia,", "Kuia", "cuter.", "kura", "keel", "kea")]

    assert [one.text for one in distinct(made, "cuter,")] == ["kuia,", "kura", "keel"]


# --- the choice ---


def test_a_reading_chosen_for_a_word_keeps_its_signs_and_time_and_leaves_no_doubt():
    reading = reading_of(CAME, PLACE, heard("And the Kuia. came with us then."), (0, 1_400))
    made = transcript(CAME)
    after = with_reading(made, PLACE, reading)

    assert shown(made, PLACE, reading) == "Kuia"
    assert text(after) == ["And the “Kuia, came with us then."]
    assert times(after.turn(1)) == times(CAME)
    assert not after.turn(1).words[2].is_doubtful


def test_words_in_a_stretch_that_nobody_understood_stay_as_doubtful_as_they_are():
    turn = place_of(WordKind.NOT_UNDERSTOOD, 0, 1_000)
    reading = Reading((Word("the", 0, 300, 0.9), Word("climate", 300, 900, 0.2)), 1_000)
    after = with_reading(transcript(turn), PlaceToHear(1, 0, 1), reading)

    assert [word.is_doubtful for word in after.turn(1).words] == [False, True]


@given(
    any_transcripts(), st.lists(st.sampled_from("the kuia came and sat there, “yes” …".split()), max_size=9), st.data()
)
def test_whatever_is_heard_a_choice_leaves_the_text_in_order(made, words, data):
    places = [
        place
        for turn in made.turns
        for at in range(len(turn.words))
        if (place := place_to_hear(turn, at, at + 1)) is not None
    ]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    turn = made.turn(place.turn_id)
    begin = data.draw(st.integers(0, max(1, turn.until_ms)))
    spoken_again = heard(" ".join(words), begin, data.draw(st.sampled_from([1, 90, 400])))
    reading = reading_of(turn, place, spoken_again, (begin, begin + LONGEST_MS))
    if reading is not None:
        require_ordered(with_reading(made, place, reading))
