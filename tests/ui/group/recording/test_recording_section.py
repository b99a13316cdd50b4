"""The recording section: one answer for the group, undone with one key, passed on to the room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.group.recording.section import RecordingDeps, RecordingSection
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.enter_escape import press_enter

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))


class Agreement:
    """A group's answer in memory; `refuses` is somebody who keeps to a no of their own."""

    def __init__(self):
        self.agreed = False
        self.refuses = False

    def everyone_agrees(self, _group):
        return self.agreed and not self.refuses

    def enter_for_everyone(self, _group, *, agreed):
        self.agreed = agreed
        return (1, 2, 3)

    def undo(self, _group, places):
        assert places == (1, 2, 3)
        self.agreed = not self.agreed


@pytest.fixture
def agreement():
    return Agreement()


@pytest.fixture
def changed():
    return []


@pytest.fixture
def undoing(messages):
    return UndoStack(messages)


@pytest.fixture
def section(agreement, changed, undoing, messages, look_at):
    made = look_at(RecordingSection(RecordingDeps(agreement, messages, undoing, changed.append)))
    made.show_subject(GROUP)
    return made


def status(section):
    return section.findChild(QLabel, "agreement-status").text()


def test_nothing_is_assumed_before_the_group_has_decided(section):
    assert status(section) == "Not yet. Recording is off."
    assert section.stop_button.isHidden()


@pytest.mark.parametrize("agreed", [False, True])
def test_enter_where_the_page_begins_answers_for_no_one(section, agreement, agreed):
    if agreed:
        section.yes_button.click()
    press_enter(section.first_focus())

    assert agreement.agreed is agreed


def test_one_press_enters_the_yes_of_everyone_and_reaches_the_room(section, agreement, changed, messages):
    section.yes_button.click()

    assert agreement.agreed
    assert changed == [GROUP.id]
    assert status(section) == "Yes. Recording is available."
    assert messages.last.text == "Recording is available."


def test_the_answer_is_undone_with_one_key(section, agreement, undoing, changed):
    section.yes_button.click()
    undoing.undo()

    assert not agreement.agreed
    assert changed == [GROUP.id, GROUP.id]


def test_the_group_can_end_recording_as_one(section, agreement):
    section.yes_button.click()
    section.stop_button.click()

    assert not agreement.agreed
    assert status(section) == "Not yet. Recording is off."


def test_where_somebody_keeps_to_a_no_it_says_that_recording_stays_off_and_not_who(section, agreement, messages):
    agreement.refuses = True
    section.yes_button.click()

    assert messages.last.text == "Recording stays off: not everyone has agreed."


def test_answers_person_by_person_are_behind_a_step_of_their_own(section, qtbot):
    with qtbot.waitSignal(section.by_person_asked):
        section.by_person_button.click()
