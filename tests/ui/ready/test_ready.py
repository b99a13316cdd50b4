"""Get ready: attendance, whether recording is available, the machine; and the room is one press away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from ready_bench import BUILT_IN, EVERYONE, LAPTOP, MEMBERS, NOT_AGREED

from balint_desktop.machine import Machine
from balint_desktop.ui.ready.deps import Ready

AVAILABLE = "Recording available today"
NOT_AVAILABLE = "Recording not available today"


def test_the_page_shows_which_session_it_is(seen):
    assert seen.reads("ready-heading") == "Psychiatry rotation, block B, session 3 of 6"


def test_expected_members_are_present_and_one_press_changes_that(seen):
    assert seen.page.present() == EVERYONE
    seen.press("present-P2")
    seen.press("present-P7")
    assert seen.page.present() == ("P1", "P3", "P4", "P5", "P6", "P7")


def test_a_member_is_identified_by_code_alone_also_for_a_screen_reader(seen):
    chip = seen.find("present-P2")
    assert chip.text() == "P2"
    assert chip.accessibleDescription() == "P2 is here"


def test_one_press_passes_on_everything_chosen(seen):
    seen.press("present-P1")
    seen.press("open-room")

    assert seen.bench.received == [Ready("online", EVERYONE[1:], BUILT_IN.name, record=True)]


def test_the_groups_format_is_preselected_and_another_can_be_chosen(seen):
    box = seen.find("ready-format", QComboBox)
    assert box.currentText() == "Online"
    box.setCurrentIndex(0)
    seen.press("open-room")

    assert seen.bench.received[0].format_key == "student-hour"


def test_continuing_without_recording_is_one_press(seen):
    seen.press("open-room-without")

    assert seen.bench.received == [Ready("online", EVERYONE, BUILT_IN.name, record=False)]


def test_going_back_opens_no_room(seen):
    seen.press("ready-back")

    assert seen.bench.backs == [True]
    assert seen.bench.received == []


def test_the_focus_starts_on_the_button_that_opens_the_room(seen, qtbot):
    assert seen.page.first_focus() is seen.find("open-room")
    seen.page.activateWindow()
    qtbot.waitUntil(seen.page.isActiveWindow)
    qtbot.keyClick(seen.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not seen.find("open-room").isDown())

    assert len(seen.bench.received) == 1


# --- recording is available, or it is not ---


def test_recording_is_available_if_everyone_has_agreed(seen):
    assert seen.reads("recording-available") == AVAILABLE


NOT_TODAY = {
    "one who has not agreed": {"present": (*EVERYONE, NOT_AGREED)},
    "nobody": {"present": ()},
    "a group without members": {"members": (), "present": ()},
    "no microphone": {"microphones": ()},
}


@pytest.mark.parametrize("reason", NOT_TODAY)
def test_if_recording_is_unavailable_the_page_does_not_reveal_why(open_page, reason):
    seen = open_page(**NOT_TODAY[reason])

    assert seen.reads("recording-available") == NOT_AVAILABLE
    assert not seen.shows("open-room-without")
    seen.press("open-room")
    assert seen.bench.received[0].record is False


def test_the_line_is_the_same_whoever_has_not_agreed_and_names_no_one(open_page):
    shown = set()
    for refuses in range(7):
        members = tuple(
            type(member)(member.code, agreed_to_recording=number != refuses) for number, member in enumerate(MEMBERS)
        )
        seen = open_page(members=members, present=[member.code for member in MEMBERS])
        shown.add(seen.everything())

    (words,) = shown
    assert NOT_AVAILABLE in words
    # The way to the group's consents is the same for every group, and says nothing of anybody.
    for word in ("agree", "consent", "refuse", "because"):
        assert word not in words.replace("Consents…", "").lower()


def test_one_press_excludes_whoever_has_not_agreed_and_undoes_it(seen):
    seen.press(f"present-{NOT_AGREED}")
    assert seen.reads("recording-available") == NOT_AVAILABLE
    seen.press(f"present-{NOT_AGREED}")
    assert seen.reads("recording-available") == AVAILABLE
    assert seen.shows("open-room-without")


# --- before you begin, and the machine ---


def test_it_says_what_to_remember_beforehand(seen):
    cues = [seen.reads(f"cue-{number}") for number in (1, 2, 3)]

    assert cues == ["How are you today?", "Is the room quiet?", "Silence notifications on this computer."]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.4, "The disk is nearly full: there is room for less than an hour of recording."),
        (1.9, "Disk space for 1 hour of recording."),
        (40.2, "Disk space for 40 hours of recording."),
        (5_000.0, "Plenty of disk space."),
    ],
)
def test_the_recordable_time_is_shown_in_hours(open_page, hours, words):
    assert open_page(machine=Machine(hours, 80, on_charger=True)).reads("ready-disk") == words


@pytest.mark.parametrize(
    ("battery", "on_charger", "words"),
    [
        (None, True, "Mains power."),
        (55, True, "Charger connected, battery at 55%."),
        (80, False, "Battery at 80%, not charging."),
        (59, False, "Battery at 59%. Connect the charger before you begin."),
    ],
)
def test_it_says_whether_the_battery_will_last(open_page, battery, on_charger, words):
    assert open_page(machine=Machine(40.0, battery, on_charger=on_charger)).reads("ready-battery") == words


def test_the_machine_is_checked_each_time_the_page_is_shown(seen):
    seen.page.leave_view()
    seen.bench.machine = Machine(0.1, 80, on_charger=True)
    seen.page.enter_view()

    assert "nearly full" in seen.reads("ready-disk")
    seen.bench.machine = LAPTOP


def test_a_group_without_members_is_directed_to_where_they_are_added(open_page):
    seen = open_page(members=(), present=())

    assert "Add them under Groups, or continue without." in seen.everything()
    seen.press("open-room")
    assert seen.bench.received[0].present == ()


def test_the_page_opens_no_dialog(seen):
    for name in ("present-P1", "try-out", "open-room", "open-room-without"):
        if seen.shows(name):
            seen.press(name)
        assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [seen.page.window()]


def test_one_sentence_says_whether_this_computer_stays_awake(open_page):
    can = open_page(can_keep_awake=lambda: True)
    can.until(lambda: can.shows("ready-awake"))
    assert can.reads("ready-awake") == "It stays awake while recording. Leave the lid open."
    cannot = open_page(can_keep_awake=lambda: False)
    cannot.until(lambda: cannot.shows("ready-awake"))
    assert cannot.reads("ready-awake") == (
        "This computer may go to sleep. Turn sleep off in system settings, and leave the lid open."
    )


def test_a_room_asked_for_before_the_microphones_are_listed_opens_once_they_are(seen):
    seen.page.leave_view()
    seen.page.enter_view()

    assert seen.reads("recording-available") == "Looking for a microphone…"
    seen.press("open-room")
    assert seen.bench.received == []
    seen.until_listed(2)
    assert seen.reads("recording-available") == AVAILABLE
    assert [one.record for one in seen.bench.received] == [True]


def test_where_none_is_found_the_page_stays_and_says_so(open_page):
    seen = open_page(microphones=())
    seen.page.leave_view()
    seen.page.enter_view()
    seen.press("open-room")
    seen.until_listed(2)

    assert seen.reads("recording-available") == NOT_AVAILABLE
    assert seen.bench.received == []
