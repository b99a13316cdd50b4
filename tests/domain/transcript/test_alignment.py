"""Typed words get the times of those they stand for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import P4, any_words, spoken, texts, times, turn

from balint_desktop.domain.transcript.alignment import aligned, shared_out
from balint_desktop.domain.transcript.transcript import Turn, Word, WordKind, terms

ONE = turn(1, "The cuter came and sat with us", gap_ms=100)


def retyped(text, one=ONE):
    return aligned(one, text.split())


def test_a_word_that_stays_keeps_its_time_and_its_probability():
    assert ONE.words == retyped("The cuter came and sat with us")


def test_a_word_that_replaces_another_takes_its_time_and_is_no_longer_doubted():
    words = retyped("The kuia came and sat with us")

    assert Word("kuia", 300, 500) == words[1]
    assert times(ONE) == [(word.from_ms, word.until_ms) for word in words]


def test_words_that_replace_others_share_their_time():
    words = retyped("The old kuia of ours came and sat with us")

    assert (words[1].from_ms, words[4].until_ms) == (300, 500)
    assert ONE.words[2:] == words[5:]


def test_a_new_word_gets_the_time_between_its_neighbours():
    assert Word("kuia", 500, 600) == retyped("The cuter kuia came and sat with us")[2]


def test_words_at_the_end_get_the_time_up_to_the_end_of_the_turn():
    one = Turn(1, P4, 0, 5_000, spoken("I was"))

    assert Word("there", 400, 5_000) == retyped("I was there", one)[2]


def test_deleting_a_word_leaves_the_others_alone():
    assert (ONE.words[0], *ONE.words[2:]) == retyped("The came and sat with us")


def test_words_typed_into_an_empty_turn_share_it_by_their_length():
    assert (Word("I", 1_000, 1_200), Word("know", 1_200, 2_000)) == retyped("I know", Turn(1, P4, 1_000, 2_000))


def test_a_turn_can_be_emptied():
    assert retyped("") == ()


@pytest.mark.parametrize("typed", [["so  then", ""], ["so", "then"], [" so\u200b then "]])
def test_a_text_with_space_becomes_several_words_and_an_empty_one_none(typed):
    assert [word.text for word in aligned(ONE, typed)] == ["so", "then"]


def stretch(from_ms, kind=WordKind.NOT_UNDERSTOOD):
    return Word("", from_ms, from_ms + 500, kind=kind)


def test_a_stretch_without_words_stays_where_it_is_also_beside_another_of_its_kind():
    first, second = stretch(0), stretch(1_000)
    one = Turn(1, P4, 0, 1_500, (first, *spoken("so", 500), second))

    assert (second,) == aligned(one, [second])
    assert (first, second) == aligned(one, [first, second])


def test_what_a_person_types_for_a_stretch_shares_its_time():
    one = Turn(1, P4, 0, 500, (stretch(0),))

    assert [(word.from_ms, word.until_ms) for word in aligned(one, ["so", "we"])] == [(0, 250), (250, 500)]


def test_a_mark_among_the_words_gets_their_time():
    words = aligned(ONE, ["The", stretch(0, WordKind.UNCLEAR), *"came and sat with us".split()])

    assert Word("", 300, 500, kind=WordKind.UNCLEAR) == words[1]


def test_a_word_that_was_confirmed_stays_confirmed():
    sure = Word("cuter", 300, 500)

    assert sure == aligned(ONE, ["The", sure, *"came and sat with us".split()])[1]


TYPED = st.lists(
    st.sampled_from("I was there the the whānau so. a\u200bb".split(" ")) | st.text(max_size=6), max_size=9
)


@given(any_words(0), TYPED, st.data())
def test_whatever_is_typed_stands_there_in_order_of_time(words, typed, data):
    end = words[-1].until_ms if words else 2_000
    kept = data.draw(st.lists(st.sampled_from(words), max_size=3)) if words else []
    found = aligned(Turn(1, P4, 0, end, words), [*typed, *kept])

    assert [term for one in typed for term in terms(one)] == [word.text for word in found[: len(found) - len(kept)]]
    assert all(0 <= word.from_ms <= word.until_ms <= end for word in found)
    assert all(first.until_ms <= second.from_ms for first, second in pairwise(found))
    assert [word.kind for word in kept] == [word.kind for word in found[len(found) - len(kept) :]]


@given(any_words(0), st.data())
def test_words_around_what_was_typed_keep_their_times(words, data):
    begin = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(begin, len(words)))
    until = words[-1].until_ms if words else 0
    found = aligned(Turn(1, P4, 0, until, words), [*words[:begin], "entirely-new", *words[end:]])

    assert (words[:begin], words[end:]) == (found[:begin], found[begin + 1 :])


def test_a_text_too_long_to_compare_is_replaced_between_what_stays():
    one = turn(1, "first " + "so then " * 600 + "last")
    found = aligned(one, ["first", *"and now ".split() * 700, "last"])

    assert (one.words[0], one.words[-1]) == (found[0], found[-1])
    assert len(found) == 1_402


def test_words_share_a_stretch_by_their_length():
    assert times(Turn(1, P4, 0, 400, tuple(shared_out(["I", "was"], 0, 400)))) == [(0, 100), (100, 400)]
    assert texts(Turn(1, P4, 0, 400, tuple(shared_out(["I", "was"], 0, 400)))) == ["I", "was"]
