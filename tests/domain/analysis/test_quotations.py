"""A quotation prints what its passage says, with what is left out marked, and nothing that was taken out since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_accounts import FIRST, quotation

from balint_desktop.domain.analysis.quotations import is_faithful, shown_words, speakers
from balint_desktop.domain.deidentify.approved import Redaction, redacted

TEXT = FIRST.text
WHOLE = (0, len(TEXT))


def span(words):
    at = TEXT.index(words)
    return at, at + len(words)


@pytest.mark.parametrize(
    ("passage", "left_out", "shown"),
    [
        ("made me angry", [], "made me angry"),
        ("It made me angry. With the registrar", ["me "], "It made […] angry. With the registrar"),
        ("It made me angry.", ["It "], "[…] made me angry."),
        ("It made me angry. With", [". With"], "It made me angry […]"),
        ("with her.\n\n[silence, 14 s]\n\nR1: I", [], "with her.\n[silence, 14 s]\nR1: I"),
        ("with her.\n\n[silence, 14 s]\n\nR1: I", ["[silence, 14 s]"], "with her.\n[…]\nR1: I"),
    ],
)
def test_what_is_left_out_is_marked(passage, left_out, shown):
    assert shown == shown_words(FIRST, *span(passage), [span(words) for words in left_out])


@given(
    st.integers(0, len(TEXT)),
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(1, 20)), max_size=3),
)
def test_what_is_shown_of_a_passage_is_faithful_to_it(begin, length, left):
    end = min(begin + length, len(TEXT))
    shown = shown_words(FIRST, begin, end, [(at, at + size) for at, size in left])
    one = replace(quotation("q", FIRST, "It"), begin=begin, end=end, shown=shown)

    assert is_faithful(one, FIRST) == any(part.strip() for part in shown.split("[…]"))


@pytest.mark.parametrize(
    "shown", ["", "[…]", "It made her angry.", "registrar […] angry", "It made me angry. And more."]
)
def test_what_the_passage_does_not_say_is_not_faithful(shown):
    assert not is_faithful(quotation("q", FIRST, "It made me angry. With the registrar", shown), FIRST)


def test_words_that_were_taken_out_of_the_text_are_faithful_no_more():
    one = quotation("q", FIRST, "It made me angry. With the registrar")
    later = redacted(FIRST, [Redaction(*span("registrar"), "[staff: x]")])

    assert (is_faithful(one, FIRST), is_faithful(one, later)) == (True, False)


def test_who_speaks_in_a_passage_is_named_once_in_order_and_brackets_name_nobody():
    assert speakers(FIRST, *WHOLE) == ("R3", "R1")
    assert speakers(FIRST, *span("[silence, 14 s]")) == ()
