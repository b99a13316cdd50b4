"""Comparing coders: codes that overlap, and passages over which they differ."""

from __future__ import annotations

import pytest

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.compare import code_pairs, coders_at, disputes, likely_same

TEXT = "R1: It made me angry. With the registrar, and then with her.\n\nR2: I would have felt out of my depth there."
SAME = {("A", "a1"): "anger", ("B", "b1"): "anger", ("C", "c1"): "anger"}


def at(words):
    begin = TEXT.index(words)
    return begin, begin + len(words)


def span(coder, code, words):
    return CodedSpan("s1", *at(words), code, coder)


def found(*coded, coders=("A", "B")):
    return [
        (TEXT[one.begin : one.end], tuple(one.spans), one.without)
        for one in disputes({"s1": TEXT}, coders, coded, SAME)
    ]


def test_codes_of_different_coders_are_paired_by_what_both_coded():
    coded = [CodedSpan("s1", 0, 10, "a1", "A"), CodedSpan("s1", 5, 20, "b1", "B"), CodedSpan("s1", 0, 10, "a2", "A")]

    pairs = code_pairs(coded)

    assert [(p.one, p.other, p.shared) for p in pairs] == [(("A", "a1"), ("B", "b1"), 5), (("A", "a2"), ("B", "b1"), 5)]
    assert pytest.approx(5 / 20) == pairs[0].jaccard


def test_the_most_alike_pair_is_first_and_own_codes_are_never_paired():
    coded = [
        CodedSpan("s1", 0, 10, "a1", "A"),
        CodedSpan("s1", 0, 9, "b1", "B"),
        CodedSpan("s2", 0, 5, "a2", "A"),
        CodedSpan("s2", 4, 30, "b1", "B"),
    ]

    assert [pair.one for pair in code_pairs(coded)] == [("A", "a1"), ("A", "a2")]


def test_codes_of_one_name_may_be_the_same_however_little_they_overlap():
    coded = [CodedSpan("s1", 0, 10, "a1", "A"), CodedSpan("s1", 9, 60, "b1", "B"), CodedSpan("s2", 0, 5, "c1", "C")]
    names = {("A", "a1"): "guilt", ("B", "b1"): "Guilt", ("C", "c1"): " GUILT "}

    pairs = likely_same(coded, names)

    assert [(p.one[0], p.other[0], p.shared) for p in pairs] == [("A", "B", 1), ("A", "C", 0), ("B", "C", 0)]


def test_codes_of_other_names_may_be_the_same_where_they_overlap_enough():
    coded = [CodedSpan("s1", 0, 10, "a1", "A"), CodedSpan("s1", 0, 9, "b1", "B"), CodedSpan("s1", 8, 60, "b2", "B")]
    names = {("A", "a1"): "Anger", ("B", "b1"): "Rage", ("B", "b2"): "Fear"}

    assert [(p.one, p.other) for p in likely_same(coded, names)] == [(("A", "a1"), ("B", "b1"))]


def test_one_coders_own_codes_of_a_name_are_never_paired():
    coded = [CodedSpan("s1", 0, 10, "a1", "A"), CodedSpan("s1", 0, 9, "a2", "A")]

    assert likely_same(coded, {("A", "a1"): "Guilt", ("A", "a2"): "guilt"}) == ()


def test_where_all_gave_the_code_there_is_no_dispute():
    assert found(span("A", "a1", "It made me angry"), span("B", "b1", "It made me angry")) == []


def test_who_gave_it_and_who_did_not_is_said():
    assert found(span("A", "a1", "angry")) == [("angry", ("A",), ("B",))]


def test_less_than_a_word_at_an_edge_is_no_difference():
    assert found(span("A", "a1", "made me angry."), span("B", "b1", "made me angr")) == []


def test_passages_of_one_turn_are_one_and_those_of_two_turns_are_two():
    assert found(span("A", "a1", "It made"), span("A", "a1", "registrar")) == [
        ("It made me angry. With the registrar", ("A",), ("B",))
    ]
    assert [words for words, _, _ in found(span("A", "a1", "It made"), span("A", "a1", "depth"))] == [
        "It made",
        "depth",
    ]


def test_two_against_one_is_a_dispute_too():
    coded = [span("A", "a1", "angry"), span("B", "b1", "angry")]

    assert found(*coded, coders=("A", "B", "C")) == [("angry", ("A", "B"), ("C",))]


def test_a_code_that_nobody_said_is_common_is_not_compared():
    assert found(span("A", "other", "angry")) == []


def test_the_strip_counts_coders_and_not_codings():
    coded = [CodedSpan("s1", 0, 10, "a1", "A"), CodedSpan("s1", 2, 4, "a2", "A"), CodedSpan("s1", 5, 12, "b1", "B")]

    assert coders_at(("A", "B"), coded, "s1") == ((0, 5, 1), (5, 10, 2), (10, 12, 1))
