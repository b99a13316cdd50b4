"""Finding passages by codes, and counting them by session, phase and theme."""

from __future__ import annotations

from itertools import pairwise

import pytest
from analysis_bench import TEXT
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.retrieval import (
    CodeQuery,
    FoundPassage,
    beside,
    matrix,
    passages,
    phase_of,
    turn_at,
)
from balint_desktop.domain.analysis.study import StudyTheme

A, B, C = (frozenset({name}) for name in "ABC")
PHASES = ((0, "Presenting the case"), (100_000, "Group reflects"))


def span(begin, end, code="A", coder="one", text="t"):
    return CodedSpan(text, begin, end, code, coder)


CODED = (span(0, 10), span(5, 20, "B"), span(15, 30, "C", "two"), span(40, 50))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (CodeQuery(every=(A,)), [(0, 10), (40, 50)]),
        (CodeQuery(every=(A, B)), [(5, 10)]),
        (CodeQuery(some=(A, B)), [(0, 20), (40, 50)]),
        (CodeQuery(every=(B,), none=(A,)), [(10, 20)]),
        (CodeQuery(every=(B,), none=(A, C)), [(10, 15)]),
        (CodeQuery(every=(A, C)), []),
        (CodeQuery(every=(A | B,)), [(0, 20), (40, 50)]),
        (CodeQuery(none=(A,)), []),
        (CodeQuery(), []),
    ],
)
def test_and_or_and_not_find_these_passages(query, expected):
    assert [(one.begin, one.end) for one in passages(query, CODED)] == expected


def test_passages_say_who_coded_them():
    assert passages(CodeQuery(some=(B, C)), CODED) == (FoundPassage("t", 5, 30, ("one", "two")),)


def test_passages_come_by_text_and_in_order_of_reading():
    coded = (span(9, 12, text="second"), span(3, 5, text="first"), span(0, 2, text="second"))

    assert [(one.text, one.begin) for one in passages(CodeQuery(every=(A,)), coded)] == [
        ("second", 0),
        ("second", 9),
        ("first", 3),
    ]


SPANS = st.lists(
    st.builds(
        lambda begin, length, code, coder: span(begin, begin + length, code, coder),
        st.integers(0, 25),
        st.integers(1, 8),
        st.sampled_from("ABC"),
        st.sampled_from(("one", "two")),
    ),
    max_size=12,
)
TERMS = st.lists(st.sampled_from((A, B, C, A | B)), max_size=2).map(tuple)


@given(SPANS, TERMS, TERMS, TERMS)
def test_a_passage_is_where_the_question_is_true_of_each_character(coded, every, some, none):
    def has(term, at):
        return any(one.code in term and one.begin <= at < one.end for one in coded)

    expected = {
        at
        for at in range(40)
        if (every or some)
        and all(has(term, at) for term in every)
        and (not some or any(has(term, at) for term in some))
        and not any(has(term, at) for term in none)
    }

    found = passages(CodeQuery(every, some, none), coded)

    assert {at for one in found for at in range(one.begin, one.end)} == expected
    assert all(one.end < other.begin for one, other in pairwise(found))


def test_a_passage_has_its_turn_its_phase_and_the_turns_beside_it():
    begin = TEXT.text.index("angry")

    assert turn_at(TEXT, begin).speaker == "R2"
    assert phase_of(TEXT, PHASES, begin) == "Group reflects"
    assert phase_of(TEXT, (), begin) == ""
    assert beside(TEXT, TEXT.turns[2].begin, TEXT.turns[2].end) == (
        "F: What was it like to stand there?",
        "[silence, 14 s]",
    )
    assert beside(TEXT, 0, len(TEXT.text)) == ("", "")


def test_the_matrix_counts_by_session_and_by_phase():
    small, angry = TEXT.text.index("small"), TEXT.text.index("angry")
    coded = (span(small, small + 5), span(angry, angry + 5), span(angry, angry + 5, "B", text="u"))
    themes = (StudyTheme("one", "One", codes=("A", "B")), StudyTheme("none", "None"))

    by_session = matrix(themes, coded, {"t": "Session 1", "u": "Session 2"})
    by_phase = matrix(themes, coded, phases={"t": (TEXT, PHASES), "u": (TEXT, PHASES)})

    assert {key: len(found) for key, found in by_session.items()} == {
        ("Session 1", "one"): 2,
        ("Session 2", "one"): 1,
    }
    assert {key: len(found) for key, found in by_phase.items()} == {
        ("Presenting the case", "one"): 1,
        ("Group reflects", "one"): 2,
    }
