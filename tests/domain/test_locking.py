"""When the vault locks by itself: pure functions of moments."""

from __future__ import annotations

import pytest
from clocks import WoundClock

from balint_desktop.domain.locking import IDLE_MINUTES, NEVER, Beat, has_idled, has_slept, idle_minutes


@pytest.mark.parametrize("minutes", IDLE_MINUTES)
def test_the_chosen_setting_is_stored(minutes):
    assert idle_minutes(str(minutes)) == minutes


@pytest.mark.parametrize("kept", ["", "7", "-5", "soon", "10.0", "٥"])
def test_any_other_setting_means_ten_minutes(kept):
    assert idle_minutes(kept) == 10


def test_the_idle_minutes_end_on_the_second():
    clock = WoundClock()
    touched = clock.now()

    assert not has_idled(touched, clock.advance(299), 5)
    assert has_idled(touched, clock.advance(1), 5)


def test_a_sleep_counts_and_a_changed_system_time_does_not():
    clock = WoundClock()
    touched = clock.now()

    assert not has_idled(touched, clock.set_wall(86_400), 10)
    assert has_idled(touched, clock.sleep(600), 10)


def test_never_means_never():
    clock = WoundClock()

    assert not has_idled(clock.now(), clock.advance(1e9), NEVER)


@pytest.mark.parametrize(("passed_s", "awake_s", "slept"), [(600, 600, False), (600, 598, True), (2.0, 1.9, False)])
def test_a_difference_between_the_two_clocks_is_sleep(passed_s, awake_s, slept):
    clock = WoundClock()
    before = Beat(clock.now(), 1000.0)

    assert has_slept(before, Beat(clock.advance(passed_s), 1000.0 + awake_s)) is slept


def test_a_stalled_window_has_not_slept():
    clock = WoundClock()
    before = Beat(clock.now(), 0.0)

    assert not has_slept(before, Beat(clock.advance(3600), 3600.0))
