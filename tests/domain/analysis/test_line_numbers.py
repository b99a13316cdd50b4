"""Lines have the same numbers everywhere, and what a person types of them is the passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.line_numbers import (
    LinesError,
    LinesFault,
    line_numbered,
    lines_of_span,
    span_of_lines,
)

TEXT = "R1: It made me angry, whānau.\n\nR2: I would have felt out of my depth, and angry.\n\n[silence, 14 s]"
LINES = line_numbered(TEXT, 16)
WORDS = [
    "R1: It made me",
    "angry, whānau.",
    "R2: I would have",
    "felt out of my",
    "depth, and",
    "angry.",
    "[silence, 14 s]",
]
TEXTS = st.text(st.sampled_from("ab ā’\n"), max_size=120)


def test_lines_are_broken_between_words_and_numbered_without_the_empty_ones():
    assert list(enumerate(WORDS, start=1)) == [(one.number, one.words) for one in LINES]
    assert [one.number for one in LINES if one.begins_turn] == [1, 3, 7]


@given(TEXTS, st.integers(1, 30))
def test_every_word_is_in_one_line_as_it_is_in_the_text(text, width):
    lines = line_numbered(text, width)

    assert "".join(text.split()) == "".join("".join(one.words.split()) for one in lines)
    assert all(text[one.begin : one.end] == one.words and 0 < len(one.words) <= width for one in lines)


@given(TEXTS, TEXTS)
def test_what_follows_changes_no_number_before_it(text, more):
    lines = line_numbered(text, 20)

    assert lines == line_numbered(f"{text}\n\n{more}", 20)[: len(lines)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2", ["angry, whānau."]),
        ("1-2", ["R1: It made me angry, whānau."]),
        ("1 – 2", ["R1: It made me angry, whānau."]),
        ("1 to 2, 7", ["R1: It made me angry, whānau.", "[silence, 14 s]"]),
        ("1 bis 2 und 7", ["R1: It made me angry, whānau.", "[silence, 14 s]"]),
        (" 7 ; 2", ["angry, whānau.", "[silence, 14 s]"]),
        ("1,2", ["R1: It made me angry, whānau."]),
        ("2-3", ["angry, whānau.\n\nR2: I would have"]),
    ],
)
def test_what_a_person_types_is_the_passage(typed, words):
    assert words == [TEXT[begin:end] for begin, end in span_of_lines(typed, LINES)]


@pytest.mark.parametrize(
    ("typed", "fault", "part"),
    [
        ("", LinesFault.NOT_LINES, ""),
        ("twelve", LinesFault.NOT_LINES, "twelve"),
        ("1-", LinesFault.NOT_LINES, "1-"),
        ("1-2-3", LinesFault.NOT_LINES, "1-2-3"),
        ("1, 5-2", LinesFault.REVERSED, "5-2"),
        ("8", LinesFault.BEYOND, "8"),
        ("0", LinesFault.BEYOND, "0"),
        ("1,", LinesFault.NOT_LINES, ""),
    ],
)
def test_what_means_no_lines_is_said_with_the_part_that_does_not(typed, fault, part):
    with pytest.raises(LinesError) as caught:
        span_of_lines(typed, LINES)

    assert (fault, part) == (caught.value.fault, caught.value.typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_lines_or_a_fault(typed):
    try:
        spans = span_of_lines(typed, LINES)
    except LinesError:
        return
    assert all(0 <= begin < end <= len(TEXT) for begin, end in spans)


@given(st.integers(1, 7), st.integers(0, 6))
def test_a_passage_is_on_the_lines_that_give_it(first, more):
    last = min(first + more, len(LINES))
    ((begin, end),) = span_of_lines(f"{first}-{last}", LINES)

    assert (first, last) == lines_of_span(LINES, begin, end)


def test_a_passage_without_a_word_is_on_no_line():
    with pytest.raises(ValueError, match="without a word"):
        lines_of_span(LINES, 29, 31)
