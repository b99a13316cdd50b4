"""The troubles that a recording shows by its recorder's lines, and by their absence."""

from __future__ import annotations

import pytest
from clocks import WoundClock

from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.trouble import TroubleCode


def check_for(controller, clock, seconds):
    for _ in range(seconds):
        controller.check(clock.advance(1))


def test_what_is_sealed_counts_on_the_sessions_clock_while_the_microphone_is_away(second, recorders):
    recorders.last.reports(Kind.DEVICE_LOST, 30.0, TroubleCode.MICROPHONE_GONE)

    assert second.trouble.details == {"until_s": 630.0}
    assert second.hears_nothing


def test_and_when_the_recorder_has_ended(second, recorders):
    recorders.last.ends(30.0)

    assert second.trouble.code is TroubleCode.RECORDER_DIED
    assert second.trouble.details == {"until_s": 630.0}


@pytest.mark.parametrize(
    "case",
    [
        (Kind.DEVICE_LOST, Kind.DEVICE_BACK, TroubleCode.MICROPHONE_GONE),
        (Kind.MUTED, Kind.UNMUTED, TroubleCode.MICROPHONE_MUTED),
        (Kind.DISK_LOW, Kind.DISK_ROOM, TroubleCode.DISK_LOW),
        # The source is the chosen one again: the same event, without a trouble.
        (Kind.SOURCE_CHANGED, Kind.SOURCE_CHANGED, TroubleCode.MICROPHONE_CHANGED),
    ],
)
def test_a_trouble_lasts_until_its_own_end_and_each_change_is_reported(running, recorders, heard, case):
    begins, ends, code = case
    recorders.last.reports(begins, 1.0, code)
    assert running.trouble.code is code

    recorders.last.reports(ends, 1.0)
    assert (running.trouble, heard.names()) == (None, ["changed", "changed"])


def test_an_overrun_alone_is_no_trouble(running, recorders, heard):
    recorders.last.reports(Kind.OVERRUN, 1.0, TroubleCode.SOUND_LATE)

    assert (running.trouble, heard.names()) == (None, ["changed"])


def test_dropped_sound_is_counted_in_seconds_and_reported_when_it_grows(running, recorders, heard):
    for dropped in (3, 3, 4):
        recorders.last.hears(2.0, dropped=dropped)

    assert running.trouble.details == {"lost_s": 0.4}
    assert heard.names() == ["changed", "level", "level", "changed", "level"]


def test_a_gap_is_reported_with_its_place_and_length(running, recorders, heard):
    recorders.last.misses(0.5, 7.0)

    assert heard.calls == [("gap", 0.5, 7.0), ("changed",)]


def test_silence_of_the_recorder_is_reported_once_after_two_seconds_and_ends_with_a_line(running, recorders, heard):
    clock = WoundClock()
    running.check(clock.now())
    check_for(running, clock, 1)
    assert running.trouble is None
    check_for(running, clock, 30)
    assert running.trouble.code is TroubleCode.RECORDER_SILENT
    assert (running.hears_nothing, heard.names()) == (True, ["changed"])

    recorders.last.hears(30.0)
    assert (running.trouble, heard.names()) == (None, ["changed", "changed", "level"])


def test_a_recorder_that_is_silent_from_its_start_is_killed_after_a_minute(idle, recorders, heard):
    clock = WoundClock()
    idle.start(0.0, None)
    idle.check(clock.now())
    check_for(idle, clock, 59)
    assert recorders.last.said == ["start"]
    check_for(idle, clock, 1)

    assert (recorders.last.said, idle.trouble, heard.calls) == (["start", "kill"], None, [])


def test_a_full_disk_must_have_space_again_before_a_recording_resumes(running, recorders, store):
    recorders.last.ends(1.0, trouble=TroubleCode.DISK_FULL)

    store.space = False
    assert running.has_space() is False
    store.space = True
    assert running.has_space() is True


def test_after_another_trouble_the_space_on_the_disk_is_not_looked_at(running, recorders, store):
    store.space = False
    assert running.has_space() is True
    recorders.last.ends(1.0, trouble=TroubleCode.RECORDER_DIED)
    assert running.has_space() is True


@pytest.mark.parametrize(("how", "code"), [({}, None), ({"resuming": True}, TroubleCode.RECORDER_DIED)])
def test_the_facilitators_start_ends_a_trouble_and_an_automatic_one_does_with_its_first_sound(
    running, recorders, how, code
):
    recorders.last.ends(1.0, trouble=TroubleCode.RECORDER_DIED)
    running.start(70.0, "USB", **how)
    assert (running.trouble.code if running.trouble is not None else None) == code

    recorders.last.hears(0.1)
    assert running.trouble is None
