"""What Get ready asks once: the length of the opening, a support to name, and the way to the group's consents."""

from __future__ import annotations

import pytest
from ready_bench import CALL, EVERYONE, MEMBERS, NOT_AGREED

from balint_desktop.ui.widgets.buttons import EscapeRole, escape_role


def opened(seen):
    seen.press("open-room")
    return seen.bench.received[-1]


def test_the_opening_is_as_long_as_the_format_says_until_another_length_is_chosen(open_page):
    seen = open_page()
    assert seen.find("ready-opening").value() == 5
    assert opened(seen).opening_min is None


def test_a_chosen_length_is_passed_on_and_a_remembered_one_is_there_again(open_page):
    seen = open_page()
    seen.find("ready-opening").setValue(8)
    assert opened(seen).opening_min == 8

    again = open_page(opening_min=7)
    assert again.find("ready-opening").value() == 7
    assert opened(again).opening_min == 7


def test_another_format_has_an_opening_of_its_own_and_room_for_another(open_page):
    seen = open_page()
    seen.find("ready-opening").setValue(500)
    assert seen.find("ready-opening").value() == 8
    seen.bench.page.format.setCurrentIndex(0)

    assert (seen.find("ready-opening").value(), seen.find("ready-opening").maximum()) == (3, 20)


def test_a_group_without_a_support_to_name_is_asked_for_it_in_a_line(open_page):
    seen = open_page()
    seen.find("ready-support").setText("  Student   Health ")

    assert opened(seen).support == "Student Health"


def test_a_group_that_has_a_support_is_not_asked(open_page):
    seen = open_page(support="Student Health")

    assert not seen.shows("ready-support")
    assert opened(seen).support == ""


@pytest.mark.parametrize(("present", "offered"), [(EVERYONE, False), ([m.code for m in MEMBERS], True), ((), True)])
def test_where_recording_is_not_available_a_button_leads_to_the_consents(open_page, present, offered):
    seen = open_page(present=present)

    assert seen.shows("ready-consents") is offered
    if offered:
        seen.press("ready-consents")
        assert seen.bench.agreements == [True]


def test_a_missing_microphone_is_not_a_matter_of_consents(open_page):
    assert not open_page(microphones=()).shows("ready-consents")


def test_escape_goes_back(open_page):
    assert escape_role(open_page().find("ready-back")) is EscapeRole.LEAVE


# --- where nothing can be recorded, nothing is prepared ---


def test_where_recording_is_not_available_the_page_hears_nothing_and_prepares_nothing(open_page):
    seen = open_page(present=[member.code for member in MEMBERS], computer=(CALL,))

    assert seen.reads("recording-available") == "Recording not available today"
    assert "the microphone is off" in seen.reads("ready-no-recording")
    assert seen.bench.tries == []
    for name in ("microphone", "ready-level", "try-out", "microphone-problem", "computer-sound", "computer-level"):
        assert not seen.shows(name), name
    assert "recorded yet" not in seen.everything()


def test_the_microphone_is_heard_from_when_all_agree_and_no_longer_when_someone_does_not(open_page):
    seen = open_page()
    listening = seen.bench.last
    assert not seen.shows("ready-no-recording")
    seen.press(f"present-{NOT_AGREED}")
    assert listening.stopped
    assert not seen.shows("ready-level")
    seen.press(f"present-{NOT_AGREED}")

    assert seen.shows("ready-level")
    assert seen.bench.last is not listening
    assert not seen.bench.last.stopped
    assert not seen.shows("ready-no-recording")
