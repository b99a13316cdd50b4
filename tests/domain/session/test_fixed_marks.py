"""The fixed marks: only three acts move them, and exactly as specified."""

from __future__ import annotations

import pytest
from sessions import Led, M, shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import NotNow


def out_by(led, minute):
    """State that the room is needed at this minute of the session."""
    return led.happens(f.OutBy, wall=led.clock.now().wall + minute * M - led.elapsed_s)


def test_extending_moves_all_future_marks(led):
    led.at(600).happens(f.Extended, seconds=300)

    assert led.marks == [50 * M, 65 * M]


def test_extending_leaves_past_marks(led):
    led.to("return").happens(f.Extended, seconds=300)

    assert led.marks == [45 * M, 65 * M]


def test_out_by_sets_the_end_and_leaves_the_return_if_there_is_time_after_it(led):
    assert out_by(led, 52).marks == [45 * M, 52 * M]


def test_out_by_moves_the_return_forward_if_less_than_five_minutes_would_be_left(led):
    assert out_by(led, 40).marks == [35 * M, 40 * M]
    assert out_by(led, 3).marks == [0, 3 * M]


def test_out_by_leaves_past_marks(led):
    assert out_by(led.to("return"), 47).marks == [45 * M, 47 * M]


def test_a_mistaken_out_by_can_be_corrected(led):
    out_by(led, 30)

    assert out_by(led, 60).marks == [45 * M, 60 * M]
    assert out_by(led, 75).marks == [45 * M, 75 * M]


def test_out_by_remembers_an_extension(led):
    led.happens(f.Extended, seconds=300)

    assert out_by(out_by(led, 30), 65).marks == [50 * M, 65 * M]


def test_out_by_a_time_that_has_passed_is_refused(led):
    led.at(600)

    for minute in (10, 5):
        with pytest.raises(NotNow, match="passed"):
            out_by(led, minute)


def test_out_by_is_wall_time_so_correcting_the_start_leaves_it_in_place(led):
    led.at(600)
    wall = led.clock.now().wall + 40 * M
    led.happens(f.OutBy, wall=wall).happens(f.BeganEarlier, seconds=240)

    end_wall = led.clock.now().wall + led.state.end.at_s - led.elapsed_s
    assert end_wall == wall
    assert led.marks == [45 * M, 54 * M]


def test_two_cases_have_a_return_each_and_the_second_case_its_beginning():
    led = Led(shipped("two-cases")).begin()
    assert led.marks == [36 * M, 44 * M, 77 * M, 90 * M]

    assert out_by(led, 60).marks == [36 * M, 44 * M, 55 * M, 60 * M]
    assert out_by(led, 45).marks == [30 * M, 35 * M, 40 * M, 45 * M]
    assert out_by(led, 90).marks == [36 * M, 44 * M, 77 * M, 90 * M]
