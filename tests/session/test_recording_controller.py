"""The recorder of each part in turn: its starts and ends, and what the session hears of them."""

from __future__ import annotations

import pytest
from clocks import WoundClock

from balint_desktop.domain.part_marks import MomentMark
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind
from balint_desktop.session.recording_controller import ProcessState, RecordingController


def check_for(controller, clock, seconds):
    for _ in range(seconds):
        controller.check(clock.advance(1))


# --- starts ---


def test_a_recorder_that_runs_is_not_started_a_second_time(running, recorders, store):
    running.start(70.0, "Built-in")

    assert (len(recorders.made), store.parts, running.device) == (1, 1, "USB")


def test_it_has_started_with_its_first_sound_and_not_with_its_first_line(idle, recorders, heard):
    idle.start(60.0, "USB")
    recorders.last.hears(0.0)
    recorders.last.hears(0.5, state=RecorderState.LOST)
    assert (idle.state, heard.names()) == (ProcessState.STARTING, ["level", "level"])

    recorders.last.hears(0.6)
    assert idle.state is ProcessState.RUNNING
    assert heard.calls[2:] == [("started", recorders.last.place, 0.6), ("changed",), ("level",)]


def test_sound_that_comes_after_stop_was_pressed_is_a_start_and_does_not_undo_the_stop(idle, recorders, heard):
    idle.start(60.0, "USB")
    idle.stop()
    recorders.last.hears(0.2)

    assert (heard.names(), idle.state) == (["started", "changed", "level"], ProcessState.STOPPING)


def test_a_controller_without_a_session_still_finishes_its_part(recorders, store):
    alone = RecordingController(store, recorders, lambda call: call())
    alone.start(0.0, None)
    recorders.last.hears(2.0)
    recorders.last.ends(2.0, sha256="ab")

    assert store.finished_parts == [(1, 2.0, "ab")]
    assert alone.state is ProcessState.IDLE


# --- without a recorder ---


def test_without_a_recorder_nothing_is_paused_resumed_marked_or_checked(idle, heard):
    idle.pause()
    idle.resume()
    idle.mark(MomentMark(MarkKind.NAME_TO_REMOVE))
    check_for(idle, WoundClock(), 90)

    assert (heard.calls, idle.trouble, idle.state) == ([], None, ProcessState.IDLE)


def test_another_microphone_is_kept_for_the_next_part_where_no_recorder_runs(idle, recorders):
    idle.switch_microphone("Built-in")

    assert (idle.device, recorders.made) == ("Built-in", [])


def test_stop_without_a_recorder_ends_the_recording_with_nothing_sealed(running, recorders, heard):
    recorders.last.ends(1.0, trouble=TroubleCode.MICROPHONE_GONE)
    heard.clear()
    running.stop()

    assert (heard.calls, running.trouble) == ([("stopped", 0.0)], None)


# --- ends ---


def test_a_recorder_that_stops_on_request_is_sealed_and_no_trouble(running, recorders, store, heard):
    running.stop()
    recorders.last.ends(1.5, trouble=TroubleCode.RECORDER_DIED, sha256="ab")

    assert heard.calls == [("stopped", 1.5), ("changed",)]
    assert (running.trouble, running.status, store.finished_parts) == (None, None, [(1, 1.5, "ab")])


def test_while_it_stops_no_other_microphone_takes_over_from_it(running, recorders, heard):
    running.stop()
    running.switch_microphone("Built-in")
    recorders.last.ends(1.5)

    assert (recorders.last.said, heard.names()) == (["start", "stop"], ["stopped", "changed"])


def test_while_it_stops_its_silence_is_no_trouble(running, recorders):
    running.stop()
    check_for(running, WoundClock(), 90)

    assert (running.trouble, recorders.last.said) == (None, ["start", "stop"])


def test_an_end_that_was_not_requested_is_a_loss_from_what_is_sealed(running, recorders, heard):
    recorders.last.ends(0.9)

    assert heard.names() == ["lost", "changed"]
    _, trouble, sealed_s = heard.calls[0]
    assert (trouble.code, trouble.details, sealed_s) == (TroubleCode.RECORDER_DIED, {"until_s": 60.9}, 0.9)
    assert running.trouble is trouble


def test_an_end_before_the_first_sound_is_a_failed_start_and_finishes_no_part(idle, recorders, store, heard):
    idle.start(60.0, None)
    recorders.last.ends(0.0, trouble=TroubleCode.NO_MICROPHONE)

    assert heard.names() == ["failed", "changed"]
    assert (heard.calls[0][1].code, heard.calls[0][1].details) == (TroubleCode.NO_MICROPHONE, {})
    assert store.finished_parts == []


def test_no_microphone_after_there_was_sound_is_one_that_was_unplugged(second, recorders):
    recorders.last.ends(30.0, trouble=TroubleCode.NO_MICROPHONE)

    assert second.trouble.code is TroubleCode.MICROPHONE_GONE


def test_a_recorder_that_was_replaced_changes_nothing_any_more(second, recorders, heard):
    old = recorders.made[0]
    old.hears(5.0)
    old.reports(Kind.MUTED, trouble=TroubleCode.MICROPHONE_MUTED)
    old.ends(5.0)

    assert (heard.calls, second.trouble, second.state) == ([], None, ProcessState.RUNNING)


def test_a_start_that_the_store_refuses_leaves_everything_idle(idle, recorders, store):
    store.broken = TroubleCode.DISK_READ_ONLY
    with pytest.raises(Trouble) as caught:
        idle.start(0.0, "USB")

    assert caught.value.code is TroubleCode.DISK_READ_ONLY
    assert (idle.state, recorders.made, idle.device) == (ProcessState.IDLE, [], None)


# --- what the computer plays ---


def test_each_part_records_the_second_source_that_was_chosen(idle, recorders):
    idle.monitor = "call.monitor"
    idle.start(0.0, "USB")
    recorders.last.hears(2.0, computer_db=-40.0)
    assert idle.status.computer_db == -40.0
    recorders.last.ends(2.0, trouble=TroubleCode.RECORDER_DIED)
    idle.start(2.0, "USB", resuming=True)

    assert [recorder.monitor for recorder in recorders.made] == ["call.monitor", "call.monitor"]


def test_with_either_source_left_the_recording_still_hears_something(running, recorders):
    for kind, trouble, hears_nothing in (
        (Kind.COMPUTER_LOST, TroubleCode.COMPUTER_SOUND_LOST, False),
        (Kind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE, True),
        (Kind.COMPUTER_BACK, None, True),
        (Kind.DEVICE_LOST, TroubleCode.ONLY_COMPUTER_SOUND, False),
    ):
        recorders.last.reports(kind, trouble=trouble)
        assert running.hears_nothing is hears_nothing

    assert running.trouble.code is TroubleCode.ONLY_COMPUTER_SOUND
    recorders.last.reports(Kind.DEVICE_BACK)
    assert running.trouble is None


def test_a_call_that_is_silent_is_told_until_it_is_heard(running, recorders):
    recorders.last.reports(Kind.COMPUTER_SILENT, trouble=TroubleCode.COMPUTER_SOUND_SILENT)
    assert running.trouble.code is TroubleCode.COMPUTER_SOUND_SILENT
    recorders.last.reports(Kind.COMPUTER_HEARD)
    assert running.trouble is None
