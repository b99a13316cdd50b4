"""When a recording that ended by itself is restarted: at once, with growing delays, or never."""

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
def test_a_momentary_failure_is_followed_by_an_immediate_restart(clock, why):
    assert lost(clock, why).is_due(clock.now())


@pytest.mark.parametrize("why", [C.MICROPHONE_GONE, C.SOUND_SYSTEM_FROZEN, C.DISK_FULL, C.MICROPHONE_BUSY])
def test_a_lasting_failure_is_retried_with_growing_pauses_up_to_ten_seconds(clock, why):
    resume = lost(clock, why)
    pauses = []
    for _ in range(6):
        pauses.append(seconds_until_due(resume, clock))
        resume.on_failed_start(why, clock.now())

    assert pauses == [2, 4, 8, 10, 10, 10]


def test_a_recorder_that_dies_in_its_first_five_seconds_is_not_restarted_automatically(clock):
    assert not lost(clock, C.RECORDER_DIED, part_s=4.9).is_waiting
    assert lost(clock, C.RECORDER_DIED, part_s=5.0).is_waiting


def test_recorders_that_keep_dying_are_not_restarted(clock):
    resume = lost(clock, C.RECORDER_DIED)
    resume.on_failed_start(C.RECORDER_DIED, clock.now())

    assert not resume.is_waiting


def test_a_recorder_taken_down_by_the_sound_system_does_not_end_the_waiting(clock):
    resume = lost(clock, C.SOUND_SYSTEM_FROZEN)
    resume.on_failed_start(C.RECORDER_DIED, clock.now())

    assert resume.is_waiting
    assert seconds_until_due(resume, clock) == 4


def test_an_intermittent_sound_system_does_not_shorten_the_pauses(clock):
    resume = lost(clock, C.SOUND_SYSTEM_FROZEN)
    resume.on_lost(C.SOUND_SYSTEM_FROZEN, 1.0, clock.now(), off_record=False)

    assert seconds_until_due(resume, clock) == 4


def test_a_start_that_was_not_awaited_is_not_retried(clock):
    resume = AutoResume()
    resume.on_failed_start(C.MICROPHONE_BUSY, clock.now())

    assert not resume.is_waiting


def test_a_machine_that_slept_resumes_when_it_wakes(clock):
    resume = lost(clock, C.MICROPHONE_GONE)
    clock.sleep(3600)

    assert resume.is_due(clock.now())
