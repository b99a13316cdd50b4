from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript import folding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Whānau,”", "whanau"),
        ("don’t", "don't"),
        ("students’", "students"),
        ("[P3]", "p3"),
        ("Straße", "strasse"),
        ("—", "—"),
        ("", ""),
    ],
)
def test_a_word_is_compared_without_case_accents_and_signs_around_it(text, expected):
    assert expected == folding.bare(text)


def test_case_and_accents_stay_where_they_count():
    assert folding.bare("“Whānau,”", match_case=True) == "Whānau"


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("“Whānau,”", "whanau", "“iwi,”"),
        ("Kaumātua’s", "kaumatua", "iwi’s"),
        ("bananas", "an", "biwiiwias"),
        ("Straßen", "strasse", "iwin"),
        ("wha\u0304nau.", "whanau", "iwi."),
        ("registrar", "registrar,", "iwi"),
        ("unrelated", "xyz", "iwi"),
    ],
)
def test_a_term_is_replaced_in_a_word_and_the_rest_stays(text, term, expected):
    assert expected == folding.replaced(text, term, "iwi")


@pytest.mark.parametrize(("text", "expected"), [("“The", "“"), ("bathe", "ba"), ("so", "")])
def test_what_stands_before_a_term_is_what_a_phrase_begins_after(text, expected):
    assert expected == folding.before(text, "the")


@pytest.mark.parametrize(("text", "expected"), [("registrar’s,”", "’s,”"), ("Rēgistrars", "s"), ("so", "")])
def test_what_stands_after_a_term_is_what_a_phrase_ends_before(text, expected):
    assert expected == folding.after(text, "registrar")


WORDS = st.text("abcäāÄ’-e\u0304", max_size=8)


@given(WORDS, st.text("abcäā", min_size=1, max_size=2))
def test_every_place_of_a_term_is_cut_out_and_nothing_else(text, term):
    rest = folding.replaced(text, term, "|")
    count = folding.folded(text).count(folding.folded(term))

    assert max(1, count) == rest.count("|")
    if count:
        assert folding.folded(text) == folding.folded(rest).replace("|", folding.folded(term))
