"""The first text: turns where a voice pauses, no guess where nothing was understood, and nobody named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import WORD_TEXTS, require_ordered, text

from balint_desktop.domain.transcript.first_text import LONGEST_TURN_MS, from_machine, from_silence
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.transcript import UNKNOWN, WordKind


def piece(number, from_ms, until_ms, words, verdict=Verdict.UNDERSTOOD):
    return HeardPiece(number, from_ms, until_ms, verdict, tuple(words))


def heard(phrase, from_ms=0, step_ms=250, long_ms=200, probability=0.9):
    return [
        HeardWord(one, from_ms + at * step_ms, from_ms + at * step_ms + long_ms, probability)
        for at, one in enumerate(phrase.split())
    ]


def kinds(one):
    return [word.kind for turn in one.turns for word in turn.words]


def test_what_was_heard_becomes_a_turn_that_nobody_is_guessed_for():
    one = from_machine([piece(1, 0, 1_000, heard("I imagine she was"))], [(0, 1_000)])

    assert text(one) == ["I imagine she was"]
    assert [turn.speaker for turn in one.turns] == [UNKNOWN]
    assert (one.turns[0].from_ms, one.turns[0].until_ms) == (0, 950)


@pytest.mark.parametrize(("gap_ms", "expected"), [(999, 1), (1_000, 2)])
def test_a_turn_begins_after_a_second_without_a_word(gap_ms, expected):
    words = [*heard("so"), *heard("then", 200 + gap_ms)]

    assert expected == len(from_machine([piece(1, 0, 9_000, words)], []).turns)


@pytest.mark.parametrize(("sign", "expected"), [(".", 2), (",", 1)])
def test_a_turn_of_a_minute_ends_with_its_sentence(sign, expected):
    count = LONGEST_TURN_MS // 250
    words = [*heard("and " * count), *heard(f"asked{sign} Then", count * 250)]

    assert expected == len(from_machine([piece(1, 0, 70_000, words)], []).turns)


def test_a_turn_ends_after_two_minutes_also_without_any_sign():
    count = 3 * LONGEST_TURN_MS // 250

    assert [len(turn.words) for turn in from_machine([piece(1, 0, 180_000, heard("and " * count))], []).turns] == [
        480,
        240,
    ]


def test_a_piece_that_was_not_understood_is_a_turn_without_its_guess():
    one = from_machine(
        [
            piece(1, 0, 1_000, heard("I imagine she was")),
            piece(2, 1_000, 5_000, heard("the climate ula", 1_200, probability=0.2), Verdict.NOT_UNDERSTOOD),
            piece(3, 5_000, 6_000, heard("Then we", 5_000)),
        ],
        [(0, 6_000)],
    )

    assert text(one) == ["I imagine she was", "", "Then we"]
    assert (one.turns[1].from_ms, one.turns[1].until_ms) == (1_000, 5_000)
    assert one.turns[1].words[0].kind == WordKind.NOT_UNDERSTOOD


@pytest.mark.parametrize(("long_ms", "expected"), [(1_499, []), (1_500, [WordKind.NO_WORDS])])
def test_speech_of_a_second_and_a_half_without_a_word_is_a_place_for_a_person(long_ms, expected):
    assert expected == kinds(from_machine([piece(1, 0, 9_000, [], Verdict.NOTHING)], [(2_000, 2_000 + long_ms)]))


def test_speech_in_which_words_were_heard_is_no_such_place():
    assert kinds(from_machine([piece(1, 0, 2_000, heard("I was there"))], [(0, 2_000)])) == [WordKind.SPOKEN] * 3


def test_words_that_overlap_end_where_the_next_begins_also_at_the_edge_of_a_turn():
    one = from_machine(
        [piece(1, 0, 1_000, heard("So then", long_ms=900)), piece(2, 1_000, 3_000, [], Verdict.NOT_UNDERSTOOD)], []
    )

    assert [(word.from_ms, word.until_ms) for turn in one.turns for word in turn.words] == [
        (0, 250),
        (250, 1_000),
        (1_000, 3_000),
    ]


def test_a_word_of_nothing_but_space_is_none_and_the_space_of_the_others_is_taken_off():
    assert text(
        from_machine(
            [
                piece(
                    1, 0, 900, [HeardWord(" I", 0, 9, 1.0), HeardWord(" ", 9, 20, 0.9), HeardWord(" was", 20, 90, 0.9)]
                )
            ],
            [],
        )
    ) == ["I was"]


def test_a_word_is_as_doubtful_before_it_is_stored_as_afterwards():
    one = from_machine([piece(1, 0, 900, heard("so then", probability=0.4999))], [])

    assert [word.probability for word in one.turns[0].words] == [0.5, 0.5]


@given(
    st.lists(st.tuples(WORD_TEXTS, st.integers(0, 200_000), st.integers(-50, 3_000)), max_size=30),
    st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 30_000)), max_size=5),
    st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 30_000)), max_size=5),
)
def test_whatever_the_engine_writes_becomes_turns_in_order(words, places, speech):
    pieces = [piece(1, 0, 1, [HeardWord(one, begin, begin + long, 0.7) for one, begin, long in words])]
    pieces += [piece(n, begin, begin + long, [], Verdict.NOT_UNDERSTOOD) for n, (begin, long) in enumerate(places, 2)]
    one = from_machine(pieces, [(begin, begin + long) for begin, long in speech])

    require_ordered(one)
    assert sorted(word for word, _, _ in words) == sorted(
        word.text for turn in one.turns for word in turn.words if word.kind is WordKind.SPOKEN
    )


def test_a_person_who_types_finds_an_empty_turn_for_each_span_of_speech_cut_where_a_phase_begins():
    one = from_silence([(5_000, 9_000), (0, 4_000)], [4_500, 6_000, 6_000, 9_000])

    assert [(turn.id, turn.from_ms, turn.until_ms) for turn in one.turns] == [
        (1, 0, 4_000),
        (2, 5_000, 6_000),
        (3, 6_000, 9_000),
    ]
    assert {((), UNKNOWN)} == {(turn.words, turn.speaker) for turn in one.turns}
