from __future__ import annotations

from balint_desktop.domain.transcript.estimate import WorkEstimate


def after(*pieces):
    estimate = WorkEstimate()
    for speech_ms, took_s in pieces:
        estimate.add(speech_ms, took_s)
    return estimate


def test_nothing_is_estimated_before_three_pieces():
    assert after((20_000, 5.0), (20_000, 5.0)).left_s(60_000) is None


def test_what_is_left_takes_as_long_for_each_second_of_speech_as_what_was_done():
    assert after((20_000, 5.0), (10_000, 2.5), (30_000, 7.5)).left_s(60_000) == 15.0


def test_the_last_ten_pieces_count():
    assert after(*[(20_000, 1.0)] * 5, *[(20_000, 20.0)] * 10).left_s(60_000) == 60.0


def test_pieces_without_speech_say_nothing():
    assert after(*[(0, 1.0)] * 10).left_s(60_000) is None
