from __future__ import annotations

import pytest
from hypothesis import given
from transcript_values import any_transcripts, transcript, turn

from balint_desktop.domain.transcript.transcript import (
    PAGE_MS,
    Transcript,
    Turn,
    Word,
    WordKind,
    ends_sentence,
    parse_speaker,
    terms,
    transcript_of,
)


@pytest.mark.parametrize("text", ["P1", "P99", "F", "C", "C2", "several", "unknown"])
def test_a_code_or_a_role_is_a_speaker(text):
    assert text == parse_speaker(text)


@pytest.mark.parametrize("text", ["", "P0", "P100", "p4", "Aroha", "P4 ", "F\n", "facilitator", "P٤"])
def test_a_name_is_no_speaker(text):
    with pytest.raises(ValueError):
        parse_speaker(text)


@pytest.mark.parametrize(("probability", "expected"), [(None, False), (0.5, False), (0.499, True), (0.0, True)])
def test_a_word_is_doubtful_below_one_half_until_a_person_has_it(probability, expected):
    assert expected == Word("cuter", 0, 200, probability).is_doubtful


def test_a_stretch_without_words_is_not_doubtful():
    assert not Word("", 0, 200, 0.1, WordKind.UNCLEAR).is_doubtful


@pytest.mark.parametrize(("from_ms", "page"), [(0, 1), (PAGE_MS - 1, 1), (PAGE_MS, 2)])
def test_a_turn_is_on_the_page_of_the_five_minutes_it_begins_in(from_ms, page):
    assert page == turn(1, "I", from_ms).page


@given(any_transcripts())
def test_the_pages_hold_every_turn_once_and_in_order(one):
    pages = one.pages()

    assert one.turns == tuple(each for number in sorted(pages) for each in pages[number])


@given(any_transcripts())
def test_a_transcript_is_made_again_from_its_pages(one):
    assert one == transcript_of(each for turns in one.pages().values() for each in turns)


def test_turns_are_put_in_order_of_time():
    later, earlier = turn(1, "then", 900), turn(2, "first", 100)

    assert (earlier, later) == transcript_of([later, earlier]).turns


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(ValueError):
        transcript_of([turn(1, "I"), turn(1, "we", 900)])


def test_a_turn_is_found_by_its_id():
    one = transcript(turn(7, "I"), turn(3, "we", 900))

    assert (one.index(3), one.turn(3).words[0].text) == (1, "we")
    with pytest.raises(KeyError):
        one.turn(4)


@pytest.mark.parametrize(("one", "expected"), [(Transcript(), 1), (transcript(turn(7, "I"), turn(3, "we", 900)), 8)])
def test_a_new_id_belongs_to_no_turn(one, expected):
    assert expected == one.next_id()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" the  registrar\t", ["the", "registrar"]),
        ("wha\u0304nau", ["wh\u0101nau"]),
        ("a\u200bb\u2028c\u00a0d", ["ab", "c", "d"]),
        ("\ud800", []),
        ("", []),
    ],
)
def test_words_are_stored_composed_and_without_hidden_signs_or_space(text, expected):
    assert expected == terms(text)


@pytest.mark.parametrize(
    ("word", "expected"), [("asked.", True), ("why?”", True), ("so…)", True), ("asked,", False), ("", False)]
)
def test_a_sentence_ends_with_its_sign_also_inside_quotation_marks(word, expected):
    assert expected == ends_sentence(word)


def test_an_empty_turn_has_no_words():
    assert Turn(1, parse_speaker("P4"), 0, 0).words == ()
