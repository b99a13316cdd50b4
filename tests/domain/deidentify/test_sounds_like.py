"""Names misspelt and misheard: found as the person they are, and how alike two words are written and sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.sounds_like import (
    LOOKS_ALIKE,
    _may_look_alike,
    jaro_winkler,
    sound_of,
    sounds_like_suggestions,
)
from balint_desktop.domain.values import participant_code
from balint_desktop.library.word_lists import read_word_lists

LISTS = read_word_lists()
MISSPELT = {
    "Aroha": "Aroa Arohah Oroha Aaroha",
    "Siobhan": "Shivon Shavon Chevonne Shivaun Shavaun Sheevon",
    "Tāmati": "Tamaty Tarmati Tomati Tamatee",
    "Niamh": "Neve Neave Neev",
    "Hēmi": "Hemmy Heimi Hemmi",
    "Wiremu": "Wirimu Weremu",
    "Priya": "Prya Preea Priyah",
    "Catherine": "Katherine Kathryn Cathrin",
    "Stephen": "Steven Stephan",
    "Sean": "Shawn Shaun",
    "Kahurangi": "Kahurangy Kahorangi Cahurangi",
    "Mohammed": "Mohamed Muhammad Mahomet",
    "Charlotte": "Sharlot Charlot Sharlotte",
    "Gurpreet": "Guprit Gurprit Goopreet",
    "Ngaire": "Nyree Naire Nyrie",
    "Te Rina": "Terina Tarina",
    "Hargreaves": "Hargraves Hargreeves",
}


def found_in(text, *names):
    known = [KnownName(participant_code(number), name) for number, name in enumerate(names, start=1)]
    return [(one.text, one.replacement) for one in sounds_like_suggestions(LayerText(text, LISTS), known)]


@pytest.mark.parametrize(("name", "spelling"), [(name, one) for name, all_ in MISSPELT.items() for one in all_.split()])
def test_a_misspelt_name_is_the_person_it_sounds_like(name, spelling):
    assert found_in(f"we saw {spelling} there", "Zoë Ng", name) == [(spelling, "[P2]")]


@pytest.mark.parametrize(
    "text",
    [
        "The arena was empty.",
        "a chariot, a season, made of it",
        "in Porirua",
        "HIV and TENS",
        "It’s a veto",
        "she doesn’t",
    ],
)
def test_words_of_the_language_and_places_sound_like_nobody(text):
    assert found_in(text, "Aroha", "Charlotte", "Sean", "Priya", "Shiv", "Thabo") == []


def test_the_likest_comes_first_and_the_others_are_offered():
    (only,) = sounds_like_suggestions(
        LayerText("we saw Stefan", LISTS),
        [KnownName(participant_code(1), "Stephen"), KnownName(participant_code(2), "Stefano")],
    )

    assert (only.replacement, only.others) == ("[P2]", ("[P1]", "[place]", "[name]"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # The examples of Winkler's own papers.
        ("martha", "marhta", 0.961),
        ("dwayne", "duane", 0.840),
        ("dixon", "dicksonx", 0.813),
        ("same", "same", 1.0),
        ("abc", "xyz", 0.0),
        ("", "a", 0.0),
    ],
)
def test_how_alike_two_words_are_written(one, other, expected):
    assert jaro_winkler(one, other) == pytest.approx(expected, abs=0.001)
    assert jaro_winkler(one, other) == pytest.approx(jaro_winkler(other, one))


@given(st.text("abcde", min_size=1, max_size=9), st.text("abcde", min_size=1, max_size=9))
def test_no_two_words_that_look_alike_are_passed_over(one, other):
    if jaro_winkler(one, other) >= LOOKS_ALIKE:
        assert _may_look_alike(one, other)


def test_what_sounds_alike_has_one_sound():
    assert sound_of("catherine") == sound_of("kathryn")
    assert sound_of("stephen") == sound_of("steven")
    assert sound_of("stephen") != sound_of("stan")
