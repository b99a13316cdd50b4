"""How long a recorder has sent nothing, counted only while checks run."""

from __future__ import annotations

import pytest
from clocks import WoundClock

from balint_desktop.session.recorder_watchdog import RecorderWatchdog


@pytest.fixture
def clock():
    return WoundClock()


@pytest.fixture
def watchdog(clock):
    made = RecorderWatchdog()
    made.check(clock.now())
    return made


def check_after(watchdog, clock, seconds):
    clock.advance(seconds)
    watchdog.check(clock.now())


def test_silence_is_counted_from_check_to_check(watchdog, clock):
    for _ in range(3):
        check_after(watchdog, clock, 1.0)

    assert watchdog.silent_s == pytest.approx(3.0)


def test_a_line_ends_the_silence_and_its_second_does_not_count(watchdog, clock):
    check_after(watchdog, clock, 1.0)
    watchdog.on_line()
    assert watchdog.silent_s == 0.0
    check_after(watchdog, clock, 1.0)
    assert watchdog.silent_s == 0.0
    check_after(watchdog, clock, 1.0)
    assert watchdog.silent_s == pytest.approx(1.0)


def test_the_first_check_counts_nothing_since_the_recorder_has_just_begun(clock):
    made = RecorderWatchdog()
    check_after(made, clock, 30.0)

    assert made.silent_s == 0.0


def test_a_machine_that_slept_is_no_silent_recorder(watchdog, clock):
    check_after(watchdog, clock, 1.0)
    check_after(watchdog, clock, 3600.0)

    assert watchdog.silent_s == pytest.approx(2.5)


def test_a_clock_set_back_counts_nothing(watchdog, clock):
    check_after(watchdog, clock, -5.0)

    assert watchdog.silent_s == 0.0
