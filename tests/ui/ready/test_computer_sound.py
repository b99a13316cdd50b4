"""The call of an online session at Get ready: offered, chosen, heard, and tested for being heard twice."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox

from balint_desktop.capture.devices_handle import ComputerSource
from balint_desktop.text.call_sound import no_source_words

HEADSET = ComputerSource("headset.monitor", "Headset")
SPEAKERS = ComputerSource("speakers.monitor", "Built-in speakers")

ECHO = "The microphone hears the call too, 180 ms later, so it would be recorded twice. Use headphones."


@pytest.fixture
def online(open_page):
    """Return the page for an online session on a computer with two outputs."""
    seen = open_page(computer=(HEADSET, SPEAKERS))
    seen.until(lambda: seen.page.computer_sound.choice.count() == 2)
    return seen


def says(seen, words):
    seen.until_reads("computer-sound-status", words)


def test_an_online_session_records_the_call_on_the_default_output_and_says_to_use_headphones(online):
    says(online, "Use headphones, so that the call is not heard twice.")
    assert (online.bench.last.device, online.bench.last.monitor) == ("Built-in", HEADSET.name)
    online.press("open-room")

    assert online.bench.received[0].monitor == HEADSET.name


def test_the_call_may_play_on_another_output_or_be_left_out(online):
    box = online.find("computer-sound-output", QComboBox)
    box.setCurrentIndex(box.findText(SPEAKERS.output))
    assert online.bench.last.monitor == SPEAKERS.name
    online.find("computer-sound", QCheckBox).click()
    assert online.bench.last.monitor is None
    assert not online.shows("computer-sound-output")
    says(online, "Only your microphone will be recorded, not the others on the call.")
    online.find("computer-sound", QCheckBox).click()
    says(online, "Use headphones, so that the call is not heard twice.")
    online.find("computer-sound", QCheckBox).click()
    online.press("open-room")

    assert online.bench.received[0].monitor is None


def test_what_was_chosen_last_is_chosen_again(open_page):
    seen = open_page(computer=(HEADSET, SPEAKERS), computer_source=SPEAKERS.name)
    seen.until(lambda: seen.page.computer_sound.source == SPEAKERS.name)
    left_out = open_page(computer=(HEADSET, SPEAKERS), records_call=False)
    left_out.until(lambda: left_out.page.computer_sound.choice.count() == 2)

    assert left_out.page.computer_sound.source is None


def test_a_format_held_in_a_room_offers_no_call_and_records_none(online):
    online.page.format.setCurrentIndex(online.page.format.findData("student-hour"))

    assert not online.shows("computer-sound")
    assert online.bench.last.monitor is None
    assert online.page.computer_sound.source is None


def test_each_source_has_its_own_level(online):
    room, call = online.page.microphone.level, online.page.computer_sound.level
    online.bench.last.hears(-55.0, computer_db=-12.0)
    online.until(lambda: call.share > 0.5)

    assert room.share < 0.2


@pytest.mark.parametrize(
    ("computer_db", "echo_s", "words"),
    [
        (-20.0, 0.1804, ECHO),
        (-20.0, None, "The call was heard, and only once."),
        (-90.0, None, "Nothing was heard on the call. Ask someone on it to speak, and test again."),
        (None, None, "Nothing was heard on the call. Ask someone on it to speak, and test again."),
    ],
)
def test_a_test_hears_both_and_says_whether_the_call_is_heard_twice(online, computer_db, echo_s, words):
    online.press("try-out")
    assert (online.bench.last.seconds, online.bench.last.monitor) == (5.0, HEADSET.name)
    online.bench.last.hears(-20.0, computer_db=computer_db)
    online.bench.last.plays(echo_s)

    says(online, words)


def test_without_a_source_one_sentence_says_so_and_the_microphone_is_recorded(open_page):
    seen = open_page(computer=())
    says(seen, no_source_words())
    seen.press("open-room")

    assert not seen.shows("computer-sound")
    assert seen.bench.received[0].monitor is None
    assert seen.bench.received[0].record
