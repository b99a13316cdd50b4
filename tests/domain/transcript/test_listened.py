from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.listened import Listened

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda one: (one[0], sum(one))), max_size=8)


def after(spans):
    listened = Listened()
    for begin, end in spans:
        listened = listened.with_span(begin, end)
    return listened


def moments(spans):
    return {at for begin, end in spans for at in range(begin, end)}


@given(SPANS)
def test_what_was_heard_is_what_was_played_in_any_order(spans):
    assert moments(spans) == moments(after(spans).spans)
    assert after(spans) == after(reversed(spans))


@given(SPANS, SPANS)
def test_what_was_heard_and_what_is_missing_are_together_all_there_is(played, audible):
    listened = after(played)

    assert len(moments(audible)) == listened.within(audible) + len(moments(listened.missing(audible, 1)))
    assert len(moments(played) & moments(audible)) == listened.within(audible)


def test_playing_the_same_twice_counts_once():
    assert after([(0, 1_000), (0, 1_000)]).within([(0, 5_000)]) == 1_000


def test_a_span_that_ends_before_it_begins_changes_nothing():
    assert Listened() == Listened().with_span(900, 900).with_span(900, 100)


def test_less_than_a_second_is_not_missing():
    assert after([(0, 4_001)]).missing([(0, 5_000), (7_000, 8_000)]) == ((7_000, 8_000),)
