"""What a written part shows, and that it reveals no one's answers."""

from __future__ import annotations

import pytest
from domain_values import no_counts
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.evaluation.questionnaires import POINTS
from balint_desktop.domain.evaluation.written_part import (
    FLOOR,
    LONGEST_LINE,
    Sheet,
    SheetCounts,
    add_sheet,
    least_sheets,
    lines_shown,
    non_empty_lines,
    shown_counts,
)

answers = st.none() | st.integers(1, POINTS)
columns = st.lists(answers, max_size=14)


def counts_of(column):
    """Return the counts of one statement for these answers."""
    counts = no_counts(1)
    for answer in column:
        counts = add_sheet(counts, Sheet((answer,)))
    return counts


def figure(column, least=FLOOR):
    (row,) = shown_counts(counts_of(column), closed=True, least=least)
    return row


def test_counts_of_six_differing_sheets_are_shown_after_closing():
    column = [5, 5, 4, 4, 2, 5]
    assert shown_counts(counts_of(column), closed=False) == (None,)
    assert figure(column) == (0, 1, 0, 2, 3)


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ([5, 4, 3, 2], "four sheets"),
        ([5, 4, 3, 2, None, None], "four who answered this"),
        ([5] * 6, "all gave one answer"),
        ([5] * 5 + [1], "the one knows everybody else's"),
        ([], "nobody"),
        ([None] * 8, "nobody answered it"),
    ],
)
def test_a_statement_that_would_reveal_an_answer_is_not_shown(column, why):
    assert figure(column) is None, why


@given(columns)
def test_nothing_is_shown_before_closing(column):
    assert shown_counts(counts_of(column), closed=False) == (None,)


@given(columns, st.integers(-3, 12))
def test_no_figure_rests_on_fewer_sheets_than_the_floor_whatever_the_threshold(column, wanted):
    row = figure(column, wanted)
    assert row is None or sum(row) >= max(FLOOR, wanted)
    assert least_sheets(wanted) >= FLOOR


@given(columns, st.integers(FLOOR, 14))
def test_raising_the_threshold_never_shows_more(column, wanted):
    if figure(column, wanted) is not None:
        assert figure(column) == figure(column, wanted)


@given(columns)
def test_no_answer_can_be_deduced_from_a_figure_and_ones_own_answer(column):
    """Without one's own answer there remain others with at least two different ones."""
    row = figure(column)
    if row is None:
        return
    for own in {None, *column}:
        others = [count - (number == own) for number, count in enumerate(row, start=1)]
        assert sum(count > 0 for count in others) >= 2


@given(columns, st.randoms(use_true_random=False))
def test_the_order_in_which_people_answered_leaves_no_trace(column, random):
    mixed = list(column)
    random.shuffle(mixed)
    assert counts_of(mixed) == counts_of(column)


@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=10), st.data())
def test_an_undone_sheet_leaves_no_trace(rows, data):
    gone = data.draw(st.integers(0, len(rows) - 1))
    counts, without = no_counts(2), no_counts(2)
    for number, row in enumerate(rows):
        counts = add_sheet(counts, Sheet(row))
        without = without if number == gone else add_sheet(without, Sheet(row))
    assert add_sheet(counts, Sheet(rows[gone]), by=-1) == without


def test_a_sheet_that_was_never_counted_cannot_be_undone():
    with pytest.raises(ValueError, match="never counted"):
        add_sheet(counts_of([1, 2]), Sheet((5,)), by=-1)
    with pytest.raises(ValueError, match="another questionnaire"):
        add_sheet(counts_of([1]), Sheet((5, 5)))


@given(st.integers(0, 20), st.booleans(), st.integers(0, 10))
def test_lines_are_shown_only_with_enough_sheets(sheets, closed, least):
    assert lines_shown(SheetCounts(sheets, ()), closed=closed, least=least) == (closed and sheets >= max(FLOOR, least))


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_an_answer_is_one_to_five(answer):
    with pytest.raises(ValueError, match="1 to 5"):
        Sheet((answer,))


def test_only_lines_with_content_are_stored_each_on_one_line():
    assert non_empty_lines(("  ", "keep the\n quiet ")) == ((2, "keep the quiet"),)
    assert len(non_empty_lines(("x" * 900,))[0][1]) == LONGEST_LINE
    assert Sheet((None,), ("  ",)).is_blank
    assert not Sheet((None,), ("so",)).is_blank


def test_a_statement_with_exactly_five_answers_among_more_sheets_is_shown_and_one_with_four_is_not():
    assert figure([5, 5, 4, 4, 2, None]) == (0, 1, 0, 2, 2)
    assert figure([5, 5, 4, 2, None, None]) is None
