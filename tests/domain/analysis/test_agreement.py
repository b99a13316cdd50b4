"""Agreement of coders: Jaccard and Krippendorff's alpha, against known values and a count character by character."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.agreement import (
    CharacterScale,
    CodeAgreement,
    CodedSpan,
    UnitScale,
    agreement,
    bootstrap_alphas,
    coded_units,
)

CODERS = ("A", "B", "C")
LENGTH = 60


def figures(by_coder, length):
    """Return the agreement on one code of one text."""
    spans = [CodedSpan("text", *span, "anger", coder) for coder, found in by_coder.items() for span in found]
    return agreement("anger", coded_units(spans, by_coder, CharacterScale({"text": length}))["anger"])


# The first is the case in the NVivo manual; the others were calculated by hand from the definition.
@pytest.mark.parametrize(
    ("by_coder", "alpha", "jaccard"),
    [
        ({"A": [(0, 150)], "B": [(100, 200)]}, 0.315, 0.250),
        ({"A": [(0, 1000)], "B": [(0, 500)]}, -0.333, 0.5),
        ({"A": [(0, 500)], "B": [(250, 750)]}, 0.0, 0.333),
        ({"A": [(0, 200), (100, 300)], "B": []}, -0.176, 0.0),
    ],
)
def test_figures_are_those_of_the_golden_table(by_coder, alpha, jaccard):
    found = figures(by_coder, 1000)

    assert (alpha, jaccard) == (pytest.approx(found.alpha, abs=0.0006), pytest.approx(found.jaccard, abs=0.0006))
    assert found.n == 1000


def test_where_nothing_varies_there_is_no_alpha():
    assert CodeAgreement("anger", 1000, None, 1.0) == figures({"A": [(0, 1000)], "B": [(0, 1000)]}, 1000)


def test_one_coder_alone_agrees_with_nobody():
    with pytest.raises(ValueError, match="two coders"):
        figures({"A": [(0, 10)]}, 100)


spans = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted), max_size=5)


@given(st.tuples(spans, spans, spans))
def test_figures_equal_those_counted_character_by_character(found):
    marks = [[any(begin <= at < end for begin, end in one) for at in range(LENGTH)] for one in found]
    by_coder = dict(zip(CODERS, found, strict=True))
    if not any(map(any, marks)):
        return

    counted = figures(by_coder, LENGTH)

    assert naive_alpha(marks) == pytest.approx(counted.alpha) if counted.alpha is not None else same(marks)
    assert naive_jaccard(marks) == pytest.approx(counted.jaccard)


def same(marks):
    return len({mark for one in marks for mark in one}) == 1


def naive_alpha(marks):
    """Return alpha from pairs of values, as it is defined."""
    values = [mark for one in marks for mark in one]
    observed = sum(one[at] != other[at] for at in range(LENGTH) for one, other in combinations(marks, 2)) / (LENGTH * 3)
    pairs = list(combinations(values, 2))
    expected = sum(one != other for one, other in pairs) / len(pairs)
    return 1 - observed / expected


def naive_jaccard(marks):
    found = []
    for one, other in combinations(marks, 2):
        either = sum(a or b for a, b in zip(one, other, strict=True))
        if either:
            found.append(sum(a and b for a, b in zip(one, other, strict=True)) / either)
    return sum(found) / len(found)


def test_a_turn_counts_once_however_much_of_it_was_coded():
    scale = UnitScale({"text": [(0, 10), (12, 20), (22, 30)]})
    coded = [CodedSpan("text", 3, 5, "anger", "A"), CodedSpan("text", 0, 13, "anger", "B")]

    found = coded_units(coded, ("A", "B"), scale)["anger"]

    assert found.by_coder == {"A": ((0, 1),), "B": ((0, 2),)}
    assert agreement("anger", found).n == 3


def test_what_lies_between_two_turns_is_no_unit():
    scale = UnitScale({"text": [(0, 10), (12, 20)]})

    assert scale.units(CodedSpan("text", 10, 12, "anger", "A")) == (1, 1)


def test_texts_count_one_after_the_other():
    scale = CharacterScale({"one": 10, "two": 20})

    assert (scale.units(CodedSpan("two", 2, 5, "anger", "A")), scale.n) == ((12, 15), 30)


def test_bootstrap_limits_surround_alpha_and_end_when_asked():
    drawn = random.Random(1)
    found = [
        [CodedSpan("text", at, at + 7, "anger", coder) for at in range(0, 900, step)]
        for coder, step in (("A", 20), ("B", 30))
    ]
    units = coded_units([*found[0], *found[1]], ("A", "B"), CharacterScale({"text": 1000}))
    turns = [(at, at + 10) for at in range(0, 1000, 10)]

    limits = bootstrap_alphas(units, turns, 200, lambda count: drawn.choices(range(count), k=count))

    low, high = limits["anger"]
    assert low < agreement("anger", units["anger"]).alpha < high
    assert bootstrap_alphas(units, turns, 200, lambda _: turns, is_stopped=lambda: True) is None
