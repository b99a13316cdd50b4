"""Imported texts on the session's clock: by the file's times, or along the speech, and no word without a time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import P2, P4, WORD_TEXTS, require_ordered, text

from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn, TimedText
from balint_desktop.domain.transcript.placing import Misfits, misfits, placed
from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, WordKind

SPEAKERS = {"P4": P4, "Kiri": P2}
HOUR = 3_600_000


def imported(*turns):
    """Return a text of turns of (label, (text, from, until)…)."""
    return ImportedText(
        tuple(ImportedTurn(label, tuple(TimedText(*piece) for piece in pieces)) for label, *pieces in turns)
    )


def spans(one):
    return [(turn.from_ms, turn.until_ms) for turn in one.turns]


def word_spans(one):
    return [(word.from_ms, word.until_ms) for turn in one.turns for word in turn.words]


def test_labels_become_the_speakers_that_a_person_said_and_all_others_stay_unknown():
    one = placed(imported(("P4", ("I do",)), ("Kiri", ("So",)), ("Ari", ("Well",)), ("", ("Yes",))), SPEAKERS, [], HOUR)

    assert [turn.speaker for turn in one.turns] == [P4, P2, UNKNOWN, UNKNOWN]
    assert text(one) == ["I do", "So", "Well", "Yes"]
    assert [turn.id for turn in one.turns] == [1, 2, 3, 4]


def test_a_cue_is_where_its_file_says_also_where_no_speech_was_found():
    one = placed(imported(("P4", ("I do", 2_000, 3_000))), SPEAKERS, [(10_000, 20_000)], HOUR)

    assert word_spans(one) == [(2_000, 2_400), (2_400, 3_000)]


def test_the_cues_of_a_turn_keep_their_own_times():
    one = placed(imported(("P4", ("I", 2_000, 3_000), ("do", 5_000, 6_000))), SPEAKERS, [], HOUR)

    assert word_spans(one) == [(2_000, 3_000), (5_000, 6_000)]
    assert spans(one) == [(2_000, 6_000)]


def test_cues_that_overlap_end_where_the_next_begins():
    one = placed(imported(("P4", ("I", 2_000, 5_000)), ("Kiri", ("So", 3_000, 4_000))), SPEAKERS, [], HOUR)

    assert spans(one) == [(2_000, 3_000), (3_000, 4_000)]


def test_the_times_of_a_file_count_from_where_its_sound_begins():
    one = placed(imported(("P4", ("I", 2_000, 3_000))), SPEAKERS, [], HOUR, starts_ms=60_000)

    assert spans(one) == [(62_000, 63_000)]


def test_a_text_without_times_is_spread_over_the_speech_by_its_length():
    speech = [(10_000, 14_000), (20_000, 28_000)]
    one = placed(imported(("P4", ("so",)), ("Kiri", ("so so so",))), SPEAKERS, speech, HOUR)

    assert spans(one) == [(10_000, 13_000), (20_000, 28_000)]
    assert all(any(begin <= word[0] and word[1] <= end for begin, end in speech) for word in word_spans(one))


def test_a_text_with_neither_times_nor_speech_is_spread_over_the_recording():
    assert spans(placed(imported(("P4", ("so",)), ("", ("so",))), {}, [], HOUR)) == [(0, HOUR // 2), (HOUR // 2, HOUR)]


def test_what_stands_between_two_times_is_spread_between_them():
    one = placed(
        imported(("P4", ("so", 10_000)), ("Kiri", ("so",)), ("P4", ("so", 12_000, 13_000))), SPEAKERS, [], HOUR
    )

    assert spans(one) == [(10_000, 11_000), (11_000, 12_000), (12_000, 13_000)]


def test_a_time_at_the_end_of_a_paragraph_is_where_the_next_begins():
    one = placed(
        imported(("P4", ("so", None, 10_000)), ("Kiri", ("so", None, 12_000))), SPEAKERS, [(8_000, 30_000)], HOUR
    )

    assert spans(one) == [(8_000, 10_000), (10_000, 12_000)]


def test_a_text_whose_end_is_not_known_is_not_spread_beyond_a_word_a_second():
    one = placed(imported(("P4", ("so then", 10_000)), ("P4", ("so", 500_000))), SPEAKERS, [], HOUR)

    assert spans(one) == [(10_000, 12_000), (500_000, 501_000)]


@pytest.mark.parametrize("wrong", [5_000, HOUR, HOUR * 20])
def test_a_time_that_goes_back_or_lies_outside_the_recording_does_not_count(wrong):
    one = placed(
        imported(("P4", ("so", 10_000)), ("P4", ("so", wrong)), ("P4", ("so", 12_000, 13_000))), SPEAKERS, [], HOUR
    )

    assert spans(one) == [(10_000, 11_000), (11_000, 12_000), (12_000, 13_000)]


def test_one_wrong_time_at_the_beginning_does_not_cost_all_others():
    one = placed(
        imported(("", ("so", 900_000)), *(("", ("so", n * 1_000, n * 1_000 + 900)) for n in range(1, 4))), {}, [], HOUR
    )

    assert spans(one)[1:] == [(1_000, 1_900), (2_000, 2_900), (3_000, 3_900)]


def test_what_the_file_says_was_not_understood_is_a_place_for_a_person():
    one = placed(imported(("P4", ("It was (unv.) and [inaudible 00:03] so (quiet)", 0, 9_000))), SPEAKERS, [], HOUR)

    assert [word.text for word in one.turns[0].words] == ["It", "was", "", "and", "", "so", "(quiet)"]
    assert sum(word.kind is WordKind.UNCLEAR for word in one.turns[0].words) == 2


def test_a_long_turn_is_cut_where_a_sentence_ends_or_after_240_words():
    sentences = placed(imported(("P4", ("so then. " * 200, 0, 200_000))), SPEAKERS, [], HOUR)
    endless = placed(imported(("P4", ("so then " * 200, 0, 20_000))), SPEAKERS, [], HOUR)

    assert [len(turn.words) for turn in sentences.turns] == [120, 120, 120, 40]
    assert [len(turn.words) for turn in endless.turns] == [240, 160]
    assert {P4} == {turn.speaker for turn in (*sentences.turns, *endless.turns)}


def test_an_empty_text_is_an_empty_transcript():
    assert Transcript() == placed(imported(("P4", (" ",))), SPEAKERS, [], HOUR)


def test_words_have_times_in_order_also_where_the_recording_has_no_length():
    one = placed(imported(("P4", ("so then",))), SPEAKERS, [], 0)

    assert word_spans(one) == [(0, 300), (300, 800)]


MOMENTS = st.none() | st.integers(-1_000, 60_000)
PIECES = st.tuples(st.lists(WORD_TEXTS, max_size=5).map(" ".join), MOMENTS, MOMENTS)
TURNS = st.lists(st.tuples(st.sampled_from(["P4", "Kiri", ""]), PIECES, PIECES), max_size=8)
SPEECH = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(0, 9_000)).map(lambda one: (one[0], sum(one))), max_size=5
)


@given(TURNS, SPEECH, st.integers(0, 50_000), st.integers(0, 5_000))
def test_every_word_of_any_text_has_a_time_and_all_are_in_order(turns, speech, until_ms, starts_ms):
    one = placed(imported(*turns), SPEAKERS, speech, until_ms, starts_ms)
    words = [word for turn in one.turns for word in turn.words]

    require_ordered(one)
    assert [term for _, *pieces in turns for piece in pieces for term in piece[0].split()] == [w.text for w in words]
    assert all(first.until_ms <= second.from_ms for first, second in pairwise(words))
    if until_ms > starts_ms:
        assert all(word.from_ms >= 0 and word.until_ms <= until_ms for word in words)


@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(1, 900)), min_size=1, max_size=8, unique=True))
def test_times_that_are_in_order_are_kept_to_the_millisecond(cues):
    ordered = sorted(cues)
    apart = [one for at, one in enumerate(ordered) if at == 0 or one[0] >= ordered[at - 1][0] + 900]
    one = placed(imported(*(("P4", ("so", begin, begin + long)) for begin, long in apart)), SPEAKERS, [], HOUR)

    assert [(begin, begin + long) for begin, long in apart] == word_spans(one)


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ([(0, 2_000), (2_000, 5_000)], Misfits()),
        ([(0, 3_000), (2_000, 5_000)], Misfits(cut=1)),
        ([(1_000, 6_000), (3_000, 4_000), (2_000, 1_000), (600_000, 601_000)], Misfits(moved=2, cut=1)),
        ([(None, 4_000), (None, 9_000)], Misfits()),
        ([(0, 99_000)], Misfits(cut=1)),
    ],
)
def test_the_times_that_are_not_kept_are_counted(cues, expected):
    found = imported(*(("P4", ("So it was", begin, end)) for begin, end in cues))

    assert misfits(found, 25_000) == expected


def test_where_times_begin_decides_which_of_them_fit():
    found = imported(("P4", ("So", 1_000, 2_000)), ("P4", ("Yes", 20_000, 21_000)))

    assert misfits(found, 25_000).moved == 0
    assert misfits(found, 25_000, 10_000).moved == 1
