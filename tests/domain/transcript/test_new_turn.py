"""A turn that a person begins after another."""

import pytest

from balint_desktop.domain.transcript.new_turn import begun_after
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Turn, Word, transcript_of

TYPED = Turn(1, Speaker("P1"), 0, 10_000, (Word("Yes", 0, 5_000), Word("no.", 5_000, 10_000)))
TIMED = Turn(1, Speaker("P1"), 0, 10_000, (Word("Yes.", 0, 6_000, 0.9),))


@pytest.mark.parametrize(
    ("turn", "at_ms", "expected_ms"),
    [(TYPED, 4_000, 4_000), (TYPED, 12_000, 10_000), (TIMED, 7_000, 7_000), (TIMED, 3_000, 10_000), (TYPED, 0, 0)],
)
def test_it_begins_where_the_sound_is_unless_words_were_timed_there(turn, at_ms, expected_ms):
    first, second = begun_after(transcript_of((turn,)), 1, at_ms).turns

    assert (first.until_ms, second.from_ms, second.until_ms) == (expected_ms, expected_ms, 10_000)
    assert (second.speaker, second.words, second.id) == (UNKNOWN, (), 2)
    assert all(word.until_ms <= expected_ms for word in first.words)
    assert [word.text for word in first.words] == [word.text for word in turn.words]


def test_turns_stay_in_order_of_time_where_two_people_speak_at_once():
    other = Turn(2, Speaker("P2"), 3_000, 8_000)
    made = begun_after(transcript_of((TYPED, other)), 1, 6_000)

    assert [turn.id for turn in made.turns] == [1, 3, 2]
    assert [turn.from_ms for turn in made.turns] == sorted(turn.from_ms for turn in made.turns)


def test_no_turn_of_that_id_is_an_error():
    with pytest.raises(KeyError):
        begun_after(transcript_of((TYPED,)), 7, 0)
