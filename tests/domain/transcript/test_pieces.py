"""Pieces to hear: between 1 and 28 s, in one stretch, cut in silence, and all speech in one of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.pieces import (
    LEAST_MS,
    LONGEST_MS,
    WINDOW_MS,
    SpeechPiece,
    Window,
    WindowedStretch,
    plan_pieces,
    speech_spans,
)

LOUD, QUIET = -20.0, -60.0
PAD_MS = 200


def stretch(*runs, from_ms=0, cut_ms=0):
    """Return a stretch of runs of (number of windows, is speech), its last window cut short."""
    windows = [
        Window(0.9 if speech else 0.1, LOUD if speech else QUIET) for count, speech in runs for _ in range(count)
    ]
    return WindowedStretch(from_ms, from_ms + len(windows) * WINDOW_MS - cut_ms, windows)


def seconds(number):
    return round(number * 1000 / WINDOW_MS)


@st.composite
def stretches(draw):
    """Return a stretch with any runs of speech and silence, at any level."""
    runs = draw(st.lists(st.tuples(st.integers(1, seconds(40)), st.booleans()), min_size=1, max_size=12))
    windows = [
        Window(0.9 if speech else 0.1, draw(st.sampled_from([LOUD, -30.0])) if at == 0 else LOUD)
        for count, speech in runs
        for at in range(count)
    ]
    quiet_at = draw(st.integers(0, len(windows)))
    windows[quiet_at : quiet_at + 7] = [Window(one.speech, QUIET) for one in windows[quiet_at : quiet_at + 7]]
    begin = draw(st.integers(0, 10_000))
    return WindowedStretch(begin, begin + len(windows) * WINDOW_MS - draw(st.integers(0, WINDOW_MS - 1)), windows)


def speech_windows(one):
    return [
        (begin, min(begin + WINDOW_MS, one.until_ms))
        for at, window in enumerate(one.windows)
        if window.speech >= 0.5 and (begin := one.from_ms + at * WINDOW_MS) < one.until_ms
    ]


@given(stretches())
def test_every_piece_is_between_1_and_28_seconds_long(one):
    assert [piece for piece in plan_pieces([one]) if not LEAST_MS <= piece.length_ms <= LONGEST_MS] == []


@given(stretches(), stretches())
def test_every_piece_lies_in_one_stretch_and_none_overlap(one, other):
    other = WindowedStretch(one.until_ms, one.until_ms + other.until_ms - other.from_ms, other.windows)
    pieces = plan_pieces([one, other])

    assert all(first.until_ms <= second.from_ms for first, second in pairwise(pieces))
    assert all(
        any(each.from_ms <= piece.from_ms and piece.until_ms <= each.until_ms for each in (one, other))
        for piece in pieces
    )


@given(stretches())
def test_all_speech_of_a_stretch_of_a_second_is_in_a_piece_and_in_a_shorter_one_none(one):
    pieces = plan_pieces([one])
    missing = [
        (begin, end)
        for begin, end in speech_windows(one)
        if not any(piece.from_ms < end and begin < piece.until_ms for piece in pieces)
    ]

    if one.until_ms - one.from_ms < LEAST_MS:
        assert pieces == ()
    else:
        assert missing == []


@given(stretches())
def test_the_pieces_hold_together_as_much_speech_as_was_found(one):
    if one.until_ms - one.from_ms >= LEAST_MS:
        expected = sum(end - begin for begin, end in speech_windows(one))

        assert expected == sum(piece.speech_ms for piece in plan_pieces([one]))


@given(st.lists(st.tuples(st.integers(1, seconds(27)), st.integers(35, seconds(30))), min_size=1, max_size=10))
def test_spans_that_are_short_enough_are_cut_in_silence_alone(runs):
    one = stretch((35, False), *(part for speech, silence in runs for part in ((speech, True), (silence, False))))
    edges = [edge for piece in plan_pieces([one]) for edge in (piece.from_ms, piece.until_ms)]

    assert [edge for edge in edges for begin, end in speech_windows(one) if begin < edge < end] == []


def test_a_span_over_28_seconds_is_cut_at_its_quietest_200_ms():
    one = stretch((seconds(40), True))
    quiet_from = seconds(24)
    windows = list(one.windows)
    windows[quiet_from : quiet_from + 7] = [Window(0.9, QUIET)] * 7
    pieces = plan_pieces([WindowedStretch(0, one.until_ms, windows)])

    assert [(0, (quiet_from + 3) * WINDOW_MS), ((quiet_from + 3) * WINDOW_MS, one.until_ms)] == [
        (piece.from_ms, piece.until_ms) for piece in pieces
    ]


def test_a_quieter_place_before_the_last_eight_seconds_is_not_taken():
    one = stretch((seconds(40), True))
    windows = list(one.windows)
    windows[seconds(15) : seconds(15) + 7] = [Window(0.9, QUIET)] * 7
    first, _ = plan_pieces([WindowedStretch(0, one.until_ms, windows)])

    assert LONGEST_MS - 300 <= first.until_ms <= LONGEST_MS


def test_what_a_cut_leaves_over_is_long_enough_to_be_heard():
    one = stretch((seconds(28.5), True))

    assert [piece.length_ms >= LEAST_MS for piece in plan_pieces([one])] == [True, True]


@pytest.mark.parametrize(("gap_ms", "expected"), [(992, 1), (1024, 2)])
def test_gaps_of_up_to_a_second_are_closed(gap_ms, expected):
    one = stretch((seconds(2), True), (gap_ms // WINDOW_MS, False), (seconds(2), True))

    assert expected == len(speech_spans(one))


def test_a_span_of_speech_is_padded_by_200_ms_within_its_stretch():
    one = stretch((10, False), (10, True), (3, False), from_ms=5_000)

    assert speech_spans(one) == ((5_000 + 320 - PAD_MS, 5_000 + 23 * WINDOW_MS),)


def test_neighbours_are_joined_while_they_fit_into_28_seconds():
    one = stretch(
        (seconds(10), True), (seconds(3), False), (seconds(10), True), (seconds(3), False), (seconds(5), True)
    )

    assert [piece.length_ms > 20_000 for piece in plan_pieces([one])] == [True, False]


def test_a_short_piece_gets_the_sound_around_it():
    one = stretch((seconds(3), False), (2, True), (seconds(3), False))
    (piece,) = plan_pieces([one])

    assert SpeechPiece(piece.from_ms, piece.from_ms + LEAST_MS, 2 * WINDOW_MS) == piece
    assert piece.from_ms < seconds(3) * WINDOW_MS - PAD_MS


@pytest.mark.parametrize("is_first", [True, False])
def test_speech_at_the_edge_of_a_stretch_with_too_little_room_is_heard_with_its_neighbour(is_first):
    runs = [(1, True), (32, False), (seconds(27.6), True)]
    pieces = plan_pieces([stretch(*(runs if is_first else reversed(runs)))])

    assert 1 + seconds(27.6) == sum(piece.speech_ms for piece in pieces) / WINDOW_MS
    assert all(LEAST_MS <= piece.length_ms <= LONGEST_MS for piece in pieces)


def test_windows_beyond_the_end_of_a_stretch_are_not_heard():
    one = stretch((seconds(2), True))

    assert speech_spans(WindowedStretch(0, 1_500, one.windows)) == ((0, 1_500),)


def test_speech_that_begins_where_a_stretch_ends_is_not_in_it():
    one = stretch((seconds(2), False), (1, True))

    assert speech_spans(WindowedStretch(0, seconds(2) * WINDOW_MS, one.windows)) == ()


def test_silence_has_no_pieces():
    assert plan_pieces([stretch((seconds(60), False))]) == ()
