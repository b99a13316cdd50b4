"""Spans: merged, subtracted, clipped, each as if it were done millisecond by millisecond."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.spans import length_ms, merged, within, without

ANY = st.lists(
    st.tuples(st.integers(0, 60), st.integers(-3, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=8
)


def moments(spans):
    return {at for begin, end in spans for at in range(begin, end)}


@given(ANY)
def test_merged_spans_cover_the_same_moments_sorted_and_apart(spans):
    found = merged(spans)

    assert moments(spans) == moments(found)
    assert all(found[at][1] < found[at + 1][0] for at in range(len(found) - 1))
    assert all(begin < end for begin, end in found)


@given(ANY, ANY)
def test_what_is_left_of_spans_is_what_no_other_covers(spans, taken):
    assert moments(spans) - moments(taken) == moments(without(spans, taken))


@given(ANY, ANY, st.integers(0, 9))
def test_shorter_remainders_are_left_out_and_all_others_stay(spans, taken, least):
    expected = tuple(span for span in without(spans, taken) if span[1] - span[0] >= least)

    assert expected == without(spans, taken, least)


@given(ANY, st.integers(0, 60), st.integers(0, 60))
def test_spans_within_two_moments_are_those_moments(spans, low, high):
    assert moments(spans) & set(range(low, high)) == moments(within(spans, low, high))


@given(ANY)
def test_what_overlaps_is_counted_once(spans):
    assert len(moments(spans)) == length_ms(spans)
