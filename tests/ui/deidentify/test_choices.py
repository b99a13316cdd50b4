"""What a word can be replaced by."""

import pytest
from deidentified_values import decided

from balint_desktop import i18n
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.marks import Term
from balint_desktop.domain.deidentify.replacements import replacement_problem
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.text.replacements import replacement_words
from balint_desktop.ui.deidentify.choices import bracketed, choices_for, may_be_left, offers


def term(layer, replacement="[P3]", others=()):
    return Term("k", "Word", layer, replacement, others, ())


def test_what_was_suggested_is_first_and_nothing_stands_twice():
    assert choices_for(term(Layer.CAPITAL, "[place]", ("[hospital]",))) == ("[place]", "[hospital]", "[another person]")


def test_a_number_becomes_what_was_suggested_and_no_person():
    assert choices_for(term(Layer.NUMBER, "[age]", ("[in her twenties]",))) == ("[age]", "[in her twenties]")


def test_there_are_never_more_than_four_replacements():
    assert len(choices_for(term(Layer.CAPITAL, "[a]", ("[b]", "[c]", "[d]", "[e]")))) == 4


def test_a_word_marked_by_hand_may_be_a_name_or_a_date():
    assert choices_for(None) == ("[another person]", "[place]", "[name]", "[date]", "[relative]")


def test_what_is_offered_is_in_the_language_of_the_text():
    assert choices_for(None, "de") == ("[andere Person]", "[Ort]", "[Name]", "[Datum]", "[Angehörige]")
    assert "[Leitung]" in offers((), "de")


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_offered_may_be_used_although_such_a_word_is_replaced_elsewhere(language):
    every = {*offers((), language), *choices_for(None, language)}
    with i18n.in_language(language):
        every |= {replacement_words(one) for one in ("[hospital]", "[over ninety]", "[staff: professor]", "[e-mail]")}
    known = Decisions()
    for one in every:
        known = known.with_decision(decided(one.strip("[]")))

    assert [one for one in every if replacement_problem(one, "x", (), known)] == []


def test_a_note_on_the_story_has_no_replacement_ready():
    assert choices_for(term(Layer.STORY, "")) == ()


@pytest.mark.parametrize("layer", list(Layer))
def test_only_a_plain_name_of_the_roster_can_never_be_left(layer):
    assert may_be_left(term(layer)) is (layer is not Layer.ROSTER)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("her sister", "[her sister]"),
        ("[in her twenties]", "[in her twenties]"),
        ("  two \n lines ", "[two lines]"),
        ("‹x›", "[x]"),
        ("[]", ""),
        ("", ""),
    ],
)
def test_brackets_are_put_around_what_is_typed(typed, expected):
    assert bracketed(typed) == expected


def test_the_words_that_are_offered_say_less_and_no_name():
    found = offers((ParticipantCode("P1"),))

    assert found[0] == "[P1]"
    assert all(one == f"[{one[1:-1]}]" and one[1:-1] for one in found)
    assert {"[patient]", "[relative]", "[ward]", "[in her twenties]"} < set(found)
