"""The list of spellings: what is offered from it, what is no list, and what replacing leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import transcript, turn

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.spelling_list import SpellingListError, parse_spellings
from balint_desktop.library.spellings import shipped_spellings

SMALL = """
version = 1
reviewed = false
prompt = ["kuia"]
people = ["kuia", "whānau"]
values = ["mana"]
meeting = []
health = []
talk = ["te reo Māori"]
[heard]
"cuter" = "kuia"
"""


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("cuter", "kuia"),
        ("Cuter,", "kuia"),
        ("Cormacula", "kaumātua"),
        ("final", "whānau"),
        ("kai-makulah", "kaumātua"),
    ],
)
def test_what_a_model_was_seen_to_write_comes_first(written, first):
    assert shipped_spellings().offers(written)[0] == first


def test_what_a_person_typed_before_comes_before_all():
    assert shipped_spellings().offers("cuter", ["cutter"])[:2] == ("cutter", "kuia")


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_there_are_never_more_than_four_and_never_twice_or_what_it_is(written, before):
    offers = shipped_spellings().offers(written, before)

    assert len(offers) == len(set(offers)) <= 4
    assert written not in offers


@given(st.sampled_from(shipped_spellings().words))
def test_a_word_of_the_list_is_not_offered_itself(word):
    assert word not in shipped_spellings().offers(f"“{word.upper()}.”")


def test_a_word_without_its_macrons_is_offered_with_them():
    assert shipped_spellings().offers("whanau")[0] == "whānau"


@pytest.mark.parametrize(
    "changed",
    [
        SMALL.replace("version = 1", "version = 2"),
        SMALL.replace('"kuia", ', '"kuia", "Kuia", '),
        SMALL.replace("whānau", "wha\u0304nau").replace("ā", "a\u0304"),
        SMALL.replace('= "kuia"', '= "koha"'),
        SMALL.replace('prompt = ["kuia"]', 'prompt = ["Aroha"]'),
        SMALL.replace("meeting = []\n", ""),
        SMALL.replace("meeting = []\n", "meeting = 3\n"),
        SMALL + "\n[iwi]\n",
        "",
        "[",
    ],
)
def test_anything_else_is_no_list(changed):
    with pytest.raises(SpellingListError):
        parse_spellings(changed)


def left_of(text, phrase, **how):
    made = transcript(turn(1, text))
    places = editing.find(made, phrase, **how)
    left = shipped_spellings().not_replaced(made, places, phrase)
    return [made.turn(1).words[one.first].text for one in left], len(places)


def test_replacing_leaves_a_word_that_is_spelt_right_and_was_found_without_its_macrons():
    assert left_of("Her whānau and the whanau, Whānau.", "whanau") == (["whānau", "Whānau."], 3)


def test_replacing_leaves_a_word_that_only_has_the_phrase_in_it():
    assert left_of("A man had mana.", "man", whole_words=False) == (["mana."], 2)


def test_a_word_of_the_list_is_replaced_where_it_was_looked_for():
    assert left_of("It took Mana and mana.", "mana") == ([], 2)
