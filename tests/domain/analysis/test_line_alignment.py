"""Lines of a text are found again among the paragraphs of a copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.line_alignment import LineGap, aligned_lines

LINES = st.lists(st.sampled_from("abcdefgh…"), max_size=14)


@given(LINES, LINES)
def test_pairs_are_alike_and_in_order_and_gaps_are_all_the_rest(lines, paragraphs):
    found = aligned_lines(lines, paragraphs)

    assert all(lines[line] == paragraphs[paragraph] for line, paragraph in found.pairs)
    assert all(
        one[0] < other[0] and one[1] < other[1] for one, other in zip(found.pairs, found.pairs[1:], strict=False)
    )
    assert set(range(len(lines))) == {line for line, _ in found.pairs} | {
        at for gap in found.gaps for at in range(gap.first, gap.last)
    }
    assert len(lines) == len(found.pairs) + sum(gap.last - gap.first for gap in found.gaps)
    assert len(paragraphs) == len(found.pairs) + sum(gap.end - gap.begin for gap in found.gaps)


@given(st.lists(st.sampled_from("abc"), max_size=20))
def test_the_same_text_has_no_gap(lines):
    assert aligned_lines(lines, lines).gaps == ()


@pytest.mark.parametrize(
    ("paragraphs", "gap"),
    [
        ("a - b - x - d", LineGap(2, 3, 2, 3)),
        ("a - n - b - c - d", LineGap(1, 1, 1, 2)),
        ("a - d", LineGap(1, 3, 1, 1)),
    ],
)
def test_what_was_changed_added_or_taken_out_is_one_gap(paragraphs, gap):
    assert aligned_lines(list("abcd"), paragraphs.split(" - ")).gaps == (gap,)


@given(st.integers(0, 30), st.integers(0, 30))
def test_alike_lines_around_a_change_keep_their_places(before, after):
    silences = ["[silence]"] * before + ["R1: I do."] + ["[silence]"] * after

    assert (before, before) in aligned_lines(silences, ["A heading", *silences][1:]).pairs


def test_thousands_of_alike_paragraphs_are_a_gap_and_not_compared_each_with_each():
    found = aligned_lines(["x", "y"] * 5_000, ["y", "z", "x"] * 5_000)

    assert [LineGap(0, 10_000, 0, 15_000)] == list(found.gaps)
