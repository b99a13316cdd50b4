"""What was coded on one version of a text, on the next: moved, cut, or withdrawn with the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_vaults import approved_text, coding, memo, work

from balint_desktop.domain.analysis.moving import (
    MoveCount,
    MovedSpan,
    TextMove,
    moved_memos,
    moved_quotations,
    moved_work,
)
from balint_desktop.domain.analysis.study import Quotation
from balint_desktop.domain.deidentify.approved import Redaction, redacted

TEXT = approved_text()
# "R2: It made me angry with the registrar.": "made me" is 7 to 14.
WITHOUT = redacted(TEXT, [Redaction(7, 14, "[x]")])
MOVE = TextMove("r1", 1, WITHOUT)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((7, 14), MovedSpan(None, is_touched=True)),
        ((8, 12), MovedSpan(None, is_touched=True)),
        ((4, 10), MovedSpan((4, 7), is_cut=True, is_touched=True)),
        ((10, 20), MovedSpan((10, 16), is_cut=True, is_touched=True)),
        ((4, 20), MovedSpan((4, 16), is_cut=False, is_touched=True)),
        ((0, 7), MovedSpan((0, 7))),
        ((14, 20), MovedSpan((10, 16))),
    ],
)
def test_where_a_span_is_once_words_within_the_text_are_replaced(span, expected):
    assert MOVE.of(span) == expected


def test_of_a_text_that_is_destroyed_nothing_is_left():
    assert TextMove("r1", 1, None).of((4, 10)) == MovedSpan(None)


def test_coding_of_another_text_stays_as_it_is():
    before = work(coding("r1", 8, 12), coding("r2", 8, 12, guid="g2"))
    after, count = moved_work(before, MOVE)

    assert [(one.guid, one.begin) for one in after.codings.all] == [("g2", 8)]
    assert (count, after.book) == (MoveCount(1, 0), before.book)


def test_with_a_memo_that_goes_go_those_that_it_had_superseded():
    wide = memo(memo_id="m1", text="r1", begin=4, end=20)
    narrow = memo(memo_id="m2", text="r1", begin=8, end=12, supersedes="m1")
    whole = memo(memo_id="m3", text="r1")

    assert [one.id for one in moved_memos([wide, narrow, whole], MOVE)] == ["m3"]
    assert [one.id for one in moved_memos([whole], TextMove("r1", 1, None))] == []


def test_a_quotation_that_lost_words_is_printed_as_the_text_has_it_now():
    quotations = [
        Quotation("q1", "t1", "r1", 4, 20, "It […] angry", may_be_quoted=True),
        Quotation("q2", "t1", "r1", 15, 20, "an[…]gry", may_be_quoted=True),
    ]

    assert [one.shown for one in moved_quotations(quotations, MOVE)] == ["It [x] angry", "an[…]gry"]


spans = st.tuples(st.integers(0, 40), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(max_examples=200, deadline=None)
@given(spans, st.integers(4, 38), st.integers(1, 20), st.sampled_from(["", "[x]", "[not available]"]))
def test_what_is_left_of_a_span_are_its_own_words_that_stayed(span, begin, length, by):
    end = min(begin + length, 40)
    if begin >= end:
        return
    after = redacted(TEXT, [Redaction(begin, end, by)])
    found = TextMove("r1", 1, after).of(span)
    if found.span is None:
        assert begin <= span[0] < span[1] <= end
        return
    words = after.text[found.span[0] : found.span[1]]
    kept = TEXT.text[span[0] : span[1]]
    if not found.is_touched:
        assert words == kept
    elif found.is_cut:
        assert words in kept
    else:
        assert words == kept[: begin - span[0]] + by + kept[end - span[0] :]
