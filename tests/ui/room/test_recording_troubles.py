"""The room during a recording trouble: one line, calm buttons, and a microphone to choose."""

from __future__ import annotations

import accessible
import pytest
from PySide6.QtWidgets import QAbstractButton
from qt_events import process_events
from room_bench import M, RoomBench, find, press, reads, shown

from balint_desktop.capture.devices_handle import Microphone
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.trouble import TroubleCode as C
from balint_desktop.ui.room.microphone_panel import Microphones

USB = Microphone("USB", "ALSA", is_default=False, rate_ok=True)
BUILT_IN = Microphone("Built-in & more", "ALSA", is_default=True, rate_ok=True)
OLD = Microphone("Old", "ALSA", is_default=False, rate_ok=False)


class Found:
    """Microphones that the test finds."""

    def __init__(self):
        self.asked = []
        self.chosen = []

    def port(self):
        return Microphones(lambda *arguments: self.asked.append(arguments), self.chosen.append, lambda: "USB")

    def finds(self, *microphones):
        self.asked[-1][0](microphones)
        process_events()

    def fails(self, code):
        self.asked[-1][1](Trouble(code))
        process_events()


@pytest.fixture
def found():
    return Found()


@pytest.fixture
def bench(theme, look_at, found):
    made = RoomBench(theme, microphones=found.port())
    look_at(made.room)
    made.room.enter_view()
    made.to_reflection()
    yield made
    made.room.leave_view()


def lose(bench):
    bench.recorders.last.reports(Kind.DEVICE_LOST, 1859.0, C.MICROPHONE_GONE)


def test_a_lost_microphone_is_reported_with_what_is_sealed_and_the_light_is_out(bench):
    lose(bench)

    assert reads(bench, "recording-trouble") == (
        "The microphone has stopped sending sound. Everything up to 30:59 is sealed. "
        "Plug it in again, or choose another. Recording then resumes."
    )
    assert reads(bench, "recording-words") == "Not recording now"
    assert not find(bench, "recording-light")._on
    bench.recorders.last.reports(Kind.DEVICE_BACK, 1859.0)
    assert not shown(bench, "recording-trouble")
    assert reads(bench, "recording-words") == "Recording"


def test_another_microphone_is_chosen_in_the_room_in_two_presses(bench, found):
    lose(bench)
    press(bench, "recording-choose")
    assert reads(bench, "choose-microphone-said") == "Searching for microphones…"
    found.finds(BUILT_IN, OLD, USB)

    first = find(bench, "use-microphone-1", QAbstractButton)
    assert first.text() == "Built-in && more"
    assert first.hasFocus()
    assert find(bench, "use-microphone-2", QAbstractButton).text() == "USB (in use)"
    assert not shown(bench, "use-microphone-3")
    press(bench, "use-microphone-1")
    assert found.chosen == ["Built-in & more"]
    assert not shown(bench, "choose-microphone")
    assert shown(bench, "prompts")


def test_a_missing_microphone_is_reported_and_can_be_searched_for_again(bench, found):
    lose(bench)
    press(bench, "recording-choose")
    found.finds()
    assert reads(bench, "choose-microphone-said").startswith("No microphone was found.")
    press(bench, "choose-microphone-look")
    found.fails(C.SOUND_SYSTEM_FROZEN)
    assert reads(bench, "choose-microphone-said").startswith("The sound system is not responding.")
    press(bench, "choose-microphone-look")
    found.finds(OLD)
    assert reads(bench, "choose-microphone-said").startswith("This microphone cannot record at 48 kHz.")
    press(bench, "choose-microphone-back")
    assert found.chosen == []


def test_only_one_search_runs_at_a_time(bench, found):
    lose(bench)
    press(bench, "recording-choose")
    press(bench, "choose-microphone-look")
    assert len(found.asked) == 1


def test_every_part_of_it_has_a_name_and_is_reachable_by_keyboard(bench, found):
    lose(bench)
    press(bench, "recording-choose")
    found.finds(BUILT_IN, USB)

    assert accessible.nameless(bench.room) == []
    assert accessible.out_of_reading_order(bench.room) == []
    assert accessible.unreachable(bench.room) == []
    assert accessible.cut(bench.room) == []


def test_automatic_recovery_needs_no_press_and_can_be_stopped(bench):
    bench.recorders.last.ends(1859.0, trouble=C.SOUND_SYSTEM_FROZEN, sha256="ab")
    assert reads(bench, "recording-trouble").endswith("Recording resumes by itself when it responds.")
    for name in ("recording-start", "recording-again", "recording-pause"):
        assert not shown(bench, name)
    assert shown(bench, "recording-choose")
    bench.session.end()
    bench.room.refresh()
    assert shown(bench, "recording-stop")
    assert not find(bench, "to-debrief").isEnabled()
    press(bench, "recording-stop")
    press(bench, "say-stop-act")
    assert find(bench, "to-debrief").isEnabled()
    assert reads(bench, "recording-words") == "Recording sealed"


def test_a_recorder_that_died_at_once_is_resumed_in_one_press_with_words_for_the_group(bench):
    bench.recorders.last.ends(1859.0, trouble=C.RECORDER_DIED)
    bench.recorders.last.hears(0.5)
    bench.recorders.last.ends(0.4, trouble=C.RECORDER_DIED)
    assert "Start recording again. The clock is still running." in reads(bench, "recording-trouble")

    press(bench, "recording-again")
    bench.recorders.last.hears(0.1)
    assert len(bench.recorders.made) == 3
    assert reads(bench, "recording-words") == "Recording"
    assert "I’ve started it again" in reads(bench, "say-again-words-line-1")


def test_a_gap_is_reported_quietly_and_dismissed(bench):
    bench.recorders.last.misses(31 * M - 7, 7.0)
    assert reads(bench, "notice-gap") == "Recording again since 31:00. 7 s were not recorded."
    press(bench, "notice-gap-away")
    assert not shown(bench, "notice-gap")


def test_lost_sound_is_counted_in_the_line(bench):
    bench.recorders.last.hears(31 * M, dropped=45)
    assert "4 s of audio is missing" in reads(bench, "recording-trouble")


# --- the call of an online session ---


@pytest.fixture
def online(theme, look_at, found):
    """A room in which both sources are recorded."""
    made = RoomBench(theme, "online", microphones=found.port())
    made.controller.monitor = "call.monitor"
    look_at(made.room)
    made.room.enter_view()
    made.to_reflection()
    yield made
    made.room.leave_view()


@pytest.mark.parametrize(
    ("format_key", "monitor", "named"),
    [
        ("online", "call.monitor", {"recording-level-name": "Mic", "recording-computer-level-name": "Call"}),
        ("online", None, {"recording-level-name": "Mic only"}),
        ("student-hour", None, {}),
    ],
)
def test_what_is_recorded_of_a_call_is_named_beside_its_level(theme, look_at, format_key, monitor, named):
    bench = RoomBench(theme, format_key)
    bench.controller.monitor = monitor
    look_at(bench.room)
    bench.room.enter_view()
    bench.room._on_begin()
    bench.record()
    bench.room.refresh()
    names = ("recording-level-name", "recording-computer-level-name")

    assert {name: reads(bench, name) for name in names if shown(bench, name)} == named
    assert bench.room.page.record_bar.level.toolTip() == "Microphone level"
    assert bench.room.page.record_bar.computer_level.toolTip() == "Level of the call"
    bench.room.leave_view()


def test_each_source_has_its_own_level_and_a_lost_one_none(online):
    bar = online.room.page.record_bar
    online.recorders.last.hears(2.0, computer_db=-12.0)
    process_events()
    assert shown(online, "recording-computer-level")
    assert bar.computer_level.share > bar.level.share
    online.recorders.last.hears(3.0, computer_db=None)
    process_events()

    assert bar.computer_level.share == 0
    assert bar.level.share > 0


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (Kind.COMPUTER_LOST, C.COMPUTER_SOUND_LOST, "The sound of the call is no longer being recorded."),
        (Kind.COMPUTER_SILENT, C.COMPUTER_SOUND_SILENT, "Nothing has been heard on the call for two minutes."),
        (Kind.DEVICE_LOST, C.ONLY_COMPUTER_SOUND, "The voices on the call are still being recorded; yours is not."),
    ],
)
def test_the_trouble_of_one_source_is_told_while_the_other_is_still_recorded(online, kind, code, words):
    online.recorders.last.reports(kind, trouble=code)
    process_events()

    assert words in reads(online, "recording-trouble")
    assert reads(online, "recording-words") == "Recording"


@pytest.mark.parametrize(
    ("kind", "code", "end"),
    [
        (Kind.COMPUTER_LOST, C.COMPUTER_SOUND_LOST, Kind.COMPUTER_BACK),
        (Kind.COMPUTER_SILENT, C.COMPUTER_SOUND_SILENT, Kind.COMPUTER_HEARD),
        (Kind.DEVICE_LOST, C.ONLY_COMPUTER_SOUND, Kind.DEVICE_BACK),
    ],
)
def test_the_line_about_one_source_ends_when_its_sound_is_back(online, kind, code, end):
    online.recorders.last.reports(kind, trouble=code)
    process_events()
    assert shown(online, "recording-trouble")

    online.recorders.last.reports(end)
    process_events()

    assert not shown(online, "recording-trouble")


def test_in_a_room_without_a_call_there_is_one_level(bench):
    assert not bench.room.page.record_bar.computer_level.isVisibleTo(bench.room)
