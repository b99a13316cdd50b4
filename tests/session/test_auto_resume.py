"""When a recording that ended by itself is started again: at once, later and later, or never."""

from __future__ import annotations

import pytest
from clocks import WoundClock

from balint_desktop.domain.trouble import TroubleCode as C
from balint_desktop.session.auto_resume import AutoResume


@pytest.fixture
def clock():
    return WoundClock()


def lost(clock, why, part_s=600.0):
    made = AutoResume()
    made.on_lost(why, part_s, clock.now(), off_record=False)
    return made


def seconds_until_due(resume, clock):
    waited = 0
    while not resume.is_due(clock.now()):
        clock.advance(1)
        waited += 1
    return waited


@pytest.mark.parametrize("why", [C.RECORDER_DIED, C.SOUND_LATE, C.MICROPHONE_CHANGED])
def test_what_is_over_with_its_telling_is_followed_at_once(clock, why):
    assert lost(clock, why).is_due(clock.now())


@pytest.mark.parametrize("why", [C.MICROPHONE_GONE, C.SOUND_SYSTEM_FROZEN, C.DISK_FULL, C.MICROPHONE_BUSY])
def test_what_lasts_is_asked_for_again_and_again_with_growing_pauses_up_to_ten_seconds(clock, why):
    resume = lost(clock, why)
    pauses = []
    for _ in range(6):
        pauses.append(seconds_until_due(resume, clock))
        resume.on_failed_start(why, clock.now())

    assert pauses == [2, 4, 8, 10, 10, 10]


def test_a_recorder_that_dies_in_its_first_five_seconds_is_not_followed_by_itself(clock):
    assert not lost(clock, C.RECORDER_DIED, part_s=4.9).is_waiting
    assert lost(clock, C.RECORDER_DIED, part_s=5.0).is_waiting


def test_one_recorder_after_the_other_that_dies_is_left_alone(clock):
    resume = lost(clock, C.RECORDER_DIED)
    resume.on_failed_start(C.RECORDER_DIED, clock.now())

    assert not resume.is_waiting


def test_a_recorder_that_the_sound_system_takes_down_with_it_is_not_the_end_of_waiting(clock):
    resume = lost(clock, C.SOUND_SYSTEM_FROZEN)
    resume.on_failed_start(C.RECORDER_DIED, clock.now())

    assert resume.is_waiting
    assert seconds_until_due(resume, clock) == 4


def test_a_sound_system_that_comes_and_goes_does_not_shorten_the_pauses(clock):
    resume = lost(clock, C.SOUND_SYSTEM_FROZEN)
    resume.on_lost(C.SOUND_SYSTEM_FROZEN, 1.0, clock.now(), off_record=False)

    assert seconds_until_due(resume, clock) == 4


def test_a_start_that_nobody_waited_for_is_not_tried_again(clock):
    resume = AutoResume()
    resume.on_failed_start(C.MICROPHONE_BUSY, clock.now())

    assert not resume.is_waiting


def test_a_machine_that_slept_goes_on_when_it_wakes(clock):
    resume = lost(clock, C.MICROPHONE_GONE)
    clock.sleep(3600)

    assert resume.is_due(clock.now())
