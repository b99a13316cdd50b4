"""Words are found whatever their case, accents and macrons, and never in who speaks."""

from __future__ import annotations

import pytest
from analysis_bench import approved

from balint_desktop.domain.analysis.retrieval import FoundPassage
from balint_desktop.domain.analysis.word_search import SearchableText, search_words

TEXT = approved(
    (("R1", 10, "Her whānau came.  She was ANGRY, and Renée too."), ("R2", 20, "I was angry 😀 at the whanau room."))
)
TEXTS = {"one": SearchableText.of(TEXT)}


def words(typed, **changed):
    return [TEXT.text[one.begin : one.end] for one in search_words(typed, TEXTS, **changed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("whanau", ["whānau", "whanau"]),
        ("WHĀNAU", ["whānau", "whanau"]),
        ("angry", ["ANGRY", "angry"]),
        ("renee", ["Renée"]),
        ("😀 at", ["😀 at"]),
        ("  the   whanau ", ["the whanau"]),
        ("", []),
        ("   ", []),
        ("nobody", []),
    ],
)
def test_words_are_found_whatever_case_accents_and_macrons(typed, expected):
    assert words(typed) == expected


def test_an_accent_that_is_a_sign_of_its_own_belongs_to_its_letter():
    text = approved((("R1", 1, "x cafe\u0301 y"),))

    (found,) = search_words("cafe", {"one": SearchableText.of(text)})

    assert text.text[found.begin : found.end] == "cafe\u0301"


def test_who_speaks_is_no_word_that_was_said():
    assert words("R1") == []


def test_words_are_found_inside_passages_alone_where_these_are_given():
    begin = TEXT.text.index("I was")

    within = (FoundPassage("one", begin, len(TEXT.text), ("me",)),)

    assert words("angry", within=within) == ["angry"]
    assert words("angry", within=()) == []
