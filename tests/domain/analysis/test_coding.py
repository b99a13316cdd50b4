"""Codings: given, joined, moved, split, and carried to the next version of a text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.coding import (
    Coding,
    Codings,
    Edge,
    lanes,
    next_edge,
    next_edge_off_labels,
    off_labels,
    snapped,
)
from balint_desktop.domain.deidentify.approved import ApprovedTurn, Redaction, moved

TEXT = "It made me angry. With her."


def coding(guid, begin, end, code="anger", **changes):
    fields = {"guid": guid, "text": "text", "begin": begin, "end": end, "code": code, "wall": float(guid)}
    return Coding(**(fields | changes))


def of(*codings):
    found = Codings()
    for one in codings:
        found = found.given(one)
    return found


def spans(codings):
    return [(one.begin, one.end, one.code) for one in codings.of_text("text")]


def test_the_same_code_on_overlapping_text_is_one_and_the_oldest_stays_with_all_memos():
    found = of(coding("2", 5, 10, memo="two"), coding("1", 20, 30, memo="one"), coding("3", 8, 22, memo="three"))

    assert (coding("1", 5, 30, memo="one\ntwo\nthree"),) == found.all


def test_other_codes_other_texts_and_stretches_that_touch_stay_apart():
    found = of(coding("1", 0, 5), coding("2", 5, 9), coding("3", 0, 5, "fear"), coding("4", 0, 5, text="other"))

    assert len(found.all) == 4


def test_an_edge_moves_and_joins_what_it_reaches():
    found = of(coding("1", 0, 5), coding("2", 8, 12))

    assert spans(found.with_edge("1", Edge.END, 9)) == [(0, 12, "anger")]
    assert spans(found.with_edge("1", Edge.BEGIN, 3)) == [(3, 5, "anger"), (8, 12, "anger")]


@pytest.mark.parametrize("place", [0, -3])
def test_an_edge_never_passes_the_other(place):
    found = of(coding("1", 0, 5))

    assert found == found.with_edge("1", Edge.END, place)


def test_a_coding_is_split_in_two_that_stay_two():
    found = of(coding("1", 0, 10, memo="why")).split("1", 4, "2")

    assert spans(found) == [(0, 4, "anger"), (4, 10, "anger")]
    assert (found.coding("1").memo, found.coding("2").memo) == ("why", "")


def test_a_merged_code_joins_its_codings_with_the_others():
    found = of(coding("1", 0, 5), coding("2", 3, 9, "rage"), coding("3", 20, 22, "rage"))

    assert spans(found.recoded("rage", "anger")) == [(0, 9, "anger"), (20, 22, "anger")]


def test_on_the_next_version_a_coding_keeps_its_rest_or_goes_and_is_counted():
    redactions = (Redaction(4, 8, "[place]"),)
    found = of(coding("1", 0, 6), coding("2", 5, 8, "fear"), coding("3", 10, 12, "joy"))

    after, count = found.moved("text", lambda span: moved(redactions, span))

    assert (count, spans(after)) == (1, [(0, 4, "anger"), (13, 15, "joy")])


@pytest.mark.parametrize(
    ("selection", "expected"),
    [((3, 9), "made me"), ((4, 5), "made"), ((11, 17), "angry."), ((5, 5), "made"), ((2, 3), "")],
)
def test_a_selection_is_whole_words(selection, expected):
    begin, end = snapped(TEXT, *selection)

    assert expected == TEXT[begin:end]


def test_edges_step_from_word_to_word():
    assert (
        next_edge(TEXT, 0, is_forward=True, edge=Edge.BEGIN),
        next_edge(TEXT, 3, is_forward=True, edge=Edge.BEGIN),
    ) == (3, 8)
    assert (
        next_edge(TEXT, 7, is_forward=False, edge=Edge.END),
        next_edge(TEXT, 27, is_forward=True, edge=Edge.END),
    ) == (2, 27)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=15))
def test_in_a_lane_nothing_overlaps(found):
    codings = [coding(str(number), begin, begin + length, str(number)) for number, (begin, length) in enumerate(found)]

    by_lane = {}
    for one in codings:
        by_lane.setdefault(lanes(codings)[one.guid], []).append(one)

    for lane in by_lane.values():
        ordered = sorted(lane, key=lambda one: one.begin)
        assert all(one.end <= other.begin for one, other in itertools.pairwise(ordered))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from("ab")), max_size=12))
def test_however_codes_are_given_the_characters_coded_are_those_given(given_spans):
    found = of(*(coding(str(n), begin, begin + length, code) for n, (begin, length, code) in enumerate(given_spans)))

    for code in "ab":
        wanted = {at for begin, length, one in given_spans if one == code for at in range(begin, begin + length)}
        covered = [at for one in found.all if one.code == code for at in range(one.begin, one.end)]
        assert wanted == set(covered)
        assert len(covered) == len(set(covered))


SPOKEN = "R1: Yes, it was.\n\nR2: No."
SAID = (ApprovedTurn(0, 16, "R1", 0, 900), ApprovedTurn(18, 25, "R2", 1000, 1900))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [((0, 16), "Yes, it was."), ((4, 25), SPOKEN[4:25]), ((12, 21), "was."), ((0, 3), ""), ((18, 21), "")],
)
def test_a_stretch_never_ends_on_who_speaks(selection, expected):
    begin, end = off_labels(SAID, *selection)

    assert expected == SPOKEN[begin:end]


def test_an_edge_steps_over_who_speaks_and_stays_where_nothing_is_said_before():
    def step(place, *, is_forward, edge):
        return next_edge_off_labels(SPOKEN, SAID, place, is_forward=is_forward, edge=edge)

    assert (
        step(16, is_forward=True, edge=Edge.END),
        step(25, is_forward=False, edge=Edge.END),
        step(22, is_forward=False, edge=Edge.BEGIN),
        step(4, is_forward=False, edge=Edge.BEGIN),
    ) == (25, 16, 12, 4)
