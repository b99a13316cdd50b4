"""The debrief: the presenter put right, two lines on process, two questions, done; nothing about a case or a person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from room_bench import EVERYONE, LATECOMER, M, RoomBench

from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.debrief.debrief import DebriefPlace

CUES = ("What was it like to lead today?", "What will you take to supervision?")


class Closing:
    """The page after a session whose presenter was noted as P2, as it is seen and pressed."""

    def __init__(self, theme, messages, look_at, format_key="student-hour"):
        bench = RoomBench(theme, format_key)
        self.log, self.session = bench.log, bench.session
        self.session.begin(EVERYONE)
        for _ in self.session.format.phases[1:]:
            bench.clock.advance(8 * M)
            self.session.step()
        self.session.choose_presenter(EVERYONE[1], 1)
        self.session.end()
        self.page = DebriefPlace(self.session, CUES, messages)
        self.done = []
        self.page.done.connect(lambda: self.done.append(True))
        look_at(self.page)

    def find(self, name, kind=QWidget):
        found = [w for w in self.page.findChildren(kind, name) if w.isVisibleTo(self.page)]
        assert found, f"{name} is not shown"
        return found[0]

    def press(self, name):
        self.find(name, QAbstractButton).click()

    def reads(self, name):
        return self.find(name, QLabel).text()

    def is_on(self, name):
        return self.find(name, QAbstractButton).isChecked()

    def write(self, words):
        self.find("process-note", QPlainTextEdit).setPlainText(words)


@pytest.fixture
def closing(theme, messages, look_at):
    return Closing(theme, messages, look_at)


def test_what_was_noted_in_the_room_stands_there_already(closing):
    assert closing.is_on("presented-1-P2")
    assert [w.objectName() for w in closing.page.findChildren(QAbstractButton) if w.isChecked()] == ["presented-1-P2"]


def test_the_presenter_can_be_put_right_and_taken_back(closing):
    closing.press("presented-1-P4")
    assert closing.session.state.presenters == {1: "P4"}
    assert closing.is_on("presented-1-P4")
    assert not closing.is_on("presented-1-P2")

    closing.press("presented-1-P4")
    assert closing.session.state.presenters == {}
    assert closing.log.facts[-1].code is None


def test_who_was_not_there_cannot_have_presented(closing):
    assert not closing.find(f"presented-1-{LATECOMER}").isEnabled()


def test_the_seats_are_in_their_order(closing):
    seats = [w.text() for w in closing.page.findChildren(QAbstractButton) if w.objectName().startswith("presented-1-")]

    assert seats == ["P7", "P6", "P5", "P4", "P3", "P2", "P1"]


def test_two_cases_have_two_presenters(theme, messages, look_at):
    closing = Closing(theme, messages, look_at, "two-cases")
    closing.press("presented-2-P5")

    assert closing.session.state.presenters == {1: "P2", 2: "P5"}
    assert closing.reads("presented-2") == "Who presented case 2"


def test_everything_is_kept_with_one_press(closing):
    closing.write("  We were quick to solve.\nI waited longer.  ")
    closing.press("follow-up-no")
    closing.press("support-offered-yes")
    closing.press("closing-done")

    note = "We were quick to solve.\nI waited longer."
    assert closing.log.debriefs == [Debrief(note, follow_up_needed=False, support_offered=True)]
    assert closing.done == [True]


def test_what_is_left_open_stays_open(closing):
    closing.press("closing-done")

    assert closing.log.debriefs == [Debrief("", follow_up_needed=None, support_offered=None)]
    assert closing.done == [True]


def test_an_answer_can_be_changed(closing):
    closing.press("follow-up-yes")
    closing.press("follow-up-no")

    assert not closing.is_on("follow-up-yes")
    assert closing.page.follow_up.answer is False
    assert closing.page.support.answer is None


@pytest.mark.parametrize("question", ["follow-up", "support-offered"])
def test_an_answer_can_be_taken_back(closing, question):
    closing.press(f"{question}-yes")
    closing.press(f"{question}-yes")
    closing.press("closing-done")

    assert closing.log.debriefs == [Debrief("", follow_up_needed=None, support_offered=None)]


def test_yes_and_no_say_to_a_listener_what_they_answer(closing):
    assert closing.find("follow-up-yes").accessibleDescription() == "Is a follow-up needed?"
    assert closing.find("support-offered-no").accessibleDescription() == "Was support offered?"


def test_it_is_said_where_one_writes_that_no_case_belongs_there(closing):
    reminder = "How the group worked and how you led. Nothing about the case, a patient or a student."

    assert closing.reads("process-note-help") == reminder
    assert closing.find("process-note").accessibleDescription() == reminder


def test_there_is_room_for_two_lines_on_process_and_for_nothing_else(closing):
    fields = [*closing.page.findChildren(QPlainTextEdit), *closing.page.findChildren(QLineEdit)]

    assert [field.objectName() for field in fields] == ["process-note"]


def test_how_much_room_is_left_is_said_and_nothing_goes_beyond_it(closing, qtbot):
    assert closing.reads("note-left") == f"{NOTE_LIMIT} characters left"
    closing.write("a" * NOTE_LIMIT)
    field = closing.find("process-note")
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "a" * NOTE_LIMIT
    assert closing.reads("note-left") == "0 characters left"


def test_what_is_written_in_the_middle_of_a_full_note_leaves_the_cursor_there(closing, qtbot):
    closing.write("a" * NOTE_LIMIT)
    field = closing.find("process-note")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "aaab" + "a" * (NOTE_LIMIT - 4)
    assert field.textCursor().position() == 4


def test_the_keys_begin_at_the_two_lines_and_tab_leaves_them(closing, qtbot):
    assert closing.page.first_focus() is closing.find("process-note")
    closing.page.activateWindow()
    qtbot.waitUntil(closing.page.isActiveWindow)
    closing.page.first_focus().setFocus()
    qtbot.keyClick(closing.page.first_focus(), Qt.Key.Key_Tab)

    assert closing.find("process-note").toPlainText() == ""
    assert closing.find("follow-up-yes").hasFocus()


def test_a_disk_that_refuses_is_said_and_nothing_written_is_lost(closing, messages):
    closing.write("We sat with it.")
    closing.log.close = refuse
    closing.press("closing-done")

    assert messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert closing.done == []
    assert closing.find("process-note").toPlainText() == "We sat with it."


def test_a_presenter_that_cannot_be_kept_is_said_and_not_shown(closing, messages):
    closing.log.broken = TroubleCode.DISK_FULL
    closing.press("presented-1-P4")

    assert messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert closing.is_on("presented-1-P2")
    assert not closing.is_on("presented-1-P4")


def test_what_to_think_of_after_is_said(closing):
    words = [w.text() for w in closing.page.findChildren(QLabel)]

    assert set(CUES) <= set(words)


def refuse(_debrief):
    raise Trouble(TroubleCode.DISK_FULL)
