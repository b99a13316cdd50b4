"""Codes: named once, nested, merged and retired, without losing what was written of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.codebook import COLOURS, Code, Codebook, CodebookError


@pytest.fixture
def book():
    """Return three codes: the second is under the first, the third under the second."""
    return Codebook().with_code("1", "Anger").with_code("2", "At the team", "1").with_code("3", "At the registrar", "2")


def names(book):
    return [(depth, code.name) for depth, code in book.nested()]


def test_codes_are_shown_under_the_one_they_are_under(book):
    assert names(book) == [(0, "Anger"), (1, "At the team"), (2, "At the registrar")]


def test_each_code_has_the_next_colour_and_a_letter_of_its_own(book):
    assert list(COLOURS[:3]) == [code.colour for code in book.codes]
    assert book.letters() == {"1": "A", "2": "B", "3": "C"}


def test_a_code_keeps_its_letter_where_it_is_put_under_another_and_others_are_made_one(book):
    more = book.with_code("4", "Guilt")
    nested = more.with_changed(replace(more.code("4"), parent="1"))
    merged = nested.merged("2", "4")

    assert nested.letters() == more.letters() == {"1": "A", "2": "B", "3": "C", "4": "D"}
    assert merged.letters() == {"1": "A", "3": "C", "4": "D"}
    assert merged.with_code("5", "Shame").letters() == {"1": "A", "3": "C", "4": "D", "5": "B"}


def test_codes_stored_before_they_had_letters_get_those_that_are_free_in_the_order_they_were_made(book):
    old = Codebook(tuple(replace(code, letter="") for code in book.codes))

    assert [code.letter for code in old.lettered().codes] == ["A", "B", "C"]
    assert old.with_code("4", "Guilt").letters() == {"1": "A", "2": "B", "3": "C", "4": "D"}
    assert book.lettered() is book


def test_a_letter_that_two_codes_have_is_the_firsts(book):
    twice = Codebook(tuple(replace(code, letter="B") for code in book.codes))

    assert twice.letters() == {"1": "B", "2": "A", "3": "C"}


def test_a_letter_is_no_part_of_what_a_code_is(book):
    assert Codebook(tuple(replace(code, letter="") for code in book.codes)) == book


def test_with_more_codes_than_letters_each_still_has_one():
    many = Codebook(tuple(Code(str(number), str(number), "#000000") for number in range(710)))

    assert all(many.letters().values())
    assert many.lettered().letters() == many.letters()


def test_after_twenty_six_codes_a_letter_is_two():
    many = Codebook()
    for number in range(60):
        many = many.with_code(str(number), f"Code {number}")

    assert (len(set(many.letters().values())), many.letters()["26"]) == (60, "Aa")


@pytest.mark.parametrize("name", ["", "  ", "anger", " ANGER "])
def test_a_name_is_there_and_is_nobody_elses(book, name):
    with pytest.raises(CodebookError):
        book.with_code("4", name)
    with pytest.raises(CodebookError):
        book.with_changed(replace(book.code("2"), name=name))


def test_a_name_may_change_its_case(book):
    assert book.with_changed(replace(book.code("1"), name="ANGER")).code("1").name == "ANGER"


@pytest.mark.parametrize("parent", ["1", "2", "3"])
def test_no_code_is_under_itself(book, parent):
    with pytest.raises(CodebookError):
        book.with_changed(replace(book.code("1"), parent=parent))


def test_what_was_under_a_code_moves_up_when_it_goes(book):
    assert names(book.without_code("2")) == [(0, "Anger"), (1, "At the registrar")]


def test_a_merged_code_leaves_its_words_and_what_is_under_it(book):
    book = book.with_changed(replace(book.code("2"), definition="second")).with_code("4", "Rage")
    book = book.with_changed(replace(book.code("4"), definition="fourth"))

    merged = book.merged("2", "4")

    assert merged.code("4").definition == "fourth\nsecond"
    assert names(merged) == [(0, "Anger"), (0, "Rage"), (1, "At the registrar")]


def test_a_code_is_not_merged_into_one_under_it(book):
    with pytest.raises(CodebookError):
        book.merged("1", "3")


def test_typing_finds_the_beginning_of_a_name_before_that_of_a_word(book):
    book = book.with_code("4", "Regret")

    assert [code.name for code in book.starting_with("reg")] == ["Regret", "At the registrar"]


def test_a_retired_code_is_offered_no_more(book):
    assert book.with_changed(replace(book.code("1"), is_retired=True)).starting_with("ang") == ()


@given(st.lists(st.tuples(st.sampled_from("mdw"), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_whatever_is_done_every_code_is_shown_once_and_none_is_lost_but_by_intent(acts):
    book = Codebook()
    for number in range(10):
        book = book.with_code(str(number), f"Code {number}", str(number // 2) if number else None)
    gone = 0
    for act, one, other in acts:
        try:
            if act == "m":
                book = book.merged(str(one), str(other))
            elif act == "w":
                book = book.without_code(str(one))
            else:
                book = book.with_changed(replace(book.code(str(one)), parent=str(other)))
                continue
        except (CodebookError, KeyError):
            continue
        gone += 1

    assert 10 - gone == len(book.codes) == len(book.nested())
