"""Parsing a score: a number as people type it, and nothing else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.evaluation.scores import BareScore, Occasion, parse_score
from balint_desktop.domain.values import participant_code


@pytest.mark.parametrize(("typed", "score"), [("42", 42.0), (" 3,5 ", 3.5), ("-1.25", -1.25), ("−2", -2.0)])
def test_a_decimal_point_or_comma_is_accepted(typed, score):
    assert parse_score(typed) == score


@pytest.mark.parametrize(("typed", "score"), [("100000", 100_000.0), ("-100000,0", -100_000.0)])
def test_a_score_may_be_as_large_as_the_largest_scale(typed, score):
    assert parse_score(typed) == score
    assert BareScore(participant_code(1), "A scale", Occasion.BEFORE, score).score == score


@pytest.mark.parametrize("typed", ["100001", "100000.5", "-100000,0001", "999999"])
def test_a_larger_number_is_refused_as_a_typing_error(typed):
    with pytest.raises(ValueError, match="too large"):
        parse_score(typed)


@pytest.mark.parametrize("score", [100_000.5, -100_001.0, math.inf, -math.inf, math.nan])
def test_no_score_can_be_made_that_could_not_be_typed(score):
    with pytest.raises(ValueError, match="a score is a number"):
        BareScore(participant_code(1), "A scale", Occasion.BEFORE, score)


@pytest.mark.parametrize("typed", ["", "many", "1e9", "nan", "inf", "4.", "1 2", "=1+1", "٣", "999999999", "1,000,000"])
def test_input_that_is_not_a_number_is_refused(typed):
    with pytest.raises(ValueError, match=r"number|large"):
        parse_score(typed)


@given(st.text(max_size=20))
def test_any_input_is_a_number_or_refused(typed):
    try:
        score = parse_score(typed)
    except ValueError:
        return
    assert BareScore(participant_code(1), "A scale", Occasion.BEFORE, score).score == score


def test_an_instrument_has_a_name():
    for name in ("", "  ", "x" * 81):
        with pytest.raises(ValueError, match="instrument"):
            BareScore(participant_code(1), name, Occasion.AFTER, 1.0)
    assert BareScore(participant_code(1), "x" * 80, Occasion.AFTER, 1.0).instrument == "x" * 80
