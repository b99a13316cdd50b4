"""The debrief: the presenter corrected, two lines on process, two questions; nothing about a case or a person."""

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
    """The page after a session whose presenter was noted as P2, and ways to operate it."""

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


def test_notes_made_in_the_room_are_already_filled_in(closing):
    assert closing.is_on("presented-1-P2")
    assert [w.objectName() for w in closing.page.findChildren(QAbstractButton) if w.isChecked()] == ["presented-1-P2"]


def test_the_presenter_can_be_corrected_and_undone(closing):
    closing.press("presented-1-P4")
    assert closing.session.state.presenters == {1: "P4"}
    assert closing.is_on("presented-1-P4")
    assert not closing.is_on("presented-1-P2")

    closing.press("presented-1-P4")
    assert closing.session.state.presenters == {}
    assert closing.log.facts[-1].code is None


def test_an_absent_member_cannot_have_presented(closing):
    assert not closing.find(f"presented-1-{LATECOMER}").isEnabled()


def test_the_seats_are_in_order(closing):
    seats = [w.text() for w in closing.page.findChildren(QAbstractButton) if w.objectName().startswith("presented-1-")]

    assert seats == ["P7", "P6", "P5", "P4", "P3", "P2", "P1"]


def test_two_cases_have_two_presenters(theme, messages, look_at):
    closing = Closing(theme, messages, look_at, "two-cases")
    closing.press("presented-2-P5")

    assert closing.session.state.presenters == {1: "P2", 2: "P5"}
    assert closing.reads("presented-2") == "Who presented case 2"


def test_everything_is_saved_with_one_press(closing):
    closing.write("  We were quick to solve.\nI waited longer.  ")
    closing.press("follow-up-no")
    closing.press("support-offered-yes")
    closing.press("closing-done")

    note = "We were quick to solve.\nI waited longer."
    assert closing.log.debriefs == [Debrief(note, follow_up_needed=False, support_offered=True)]
    assert closing.done == [True]


def test_unanswered_questions_stay_unanswered(closing):
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
def test_an_answer_can_be_undone(closing, question):
    closing.press(f"{question}-yes")
    closing.press(f"{question}-yes")
    closing.press("closing-done")

    assert closing.log.debriefs == [Debrief("", follow_up_needed=None, support_offered=None)]


def test_yes_and_no_name_their_question_to_a_screen_reader(closing):
    assert closing.find("follow-up-yes").accessibleDescription() == "Is a follow-up needed?"
    assert closing.find("support-offered-no").accessibleDescription() == "Was support offered?"


def test_the_note_field_says_that_no_case_belongs_there(closing):
    reminder = "How the group worked and how you led. Nothing about the case, a patient or a student."

    assert closing.reads("process-note-help") == reminder
    assert closing.find("process-note").accessibleDescription() == reminder


def test_the_note_on_process_has_two_lines_and_there_is_no_other_field(closing):
    fields = [*closing.page.findChildren(QPlainTextEdit), *closing.page.findChildren(QLineEdit)]

    assert [field.objectName() for field in fields] == ["process-note"]


def test_the_remaining_length_is_shown_and_nothing_exceeds_it(closing, qtbot):
    assert closing.reads("note-left") == f"{NOTE_LIMIT} characters left"
    closing.write("a" * NOTE_LIMIT)
    field = closing.find("process-note")
    field.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "a" * NOTE_LIMIT
    assert closing.reads("note-left") == "0 characters left"


def test_typing_in_the_middle_of_a_full_note_leaves_the_cursor_there(closing, qtbot):
    closing.write("a" * NOTE_LIMIT)
    field = closing.find("process-note")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "aaab" + "a" * (NOTE_LIMIT - 4)
    assert field.textCursor().position() == 4


def test_the_focus_starts_in_the_note_and_tab_leaves_it(closing, qtbot):
    assert closing.page.first_focus() is closing.find("process-note")
    closing.page.activateWindow()
    qtbot.waitUntil(closing.page.isActiveWindow)
    closing.page.first_focus().setFocus()
    qtbot.keyClick(closing.page.first_focus(), Qt.Key.Key_Tab)

    assert closing.find("process-note").toPlainText() == ""
    assert closing.find("follow-up-yes").hasFocus()


def test_a_disk_error_is_reported_and_no_text_is_lost(closing, messages):
    closing.write("We sat with it.")
    closing.log.close = refuse
    closing.press("closing-done")

    assert messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert closing.done == []
    assert closing.find("process-note").toPlainText() == "We sat with it."


def test_a_presenter_that_cannot_be_saved_is_reported_and_not_shown(closing, messages):
    closing.log.broken = TroubleCode.DISK_FULL
    closing.press("presented-1-P4")

    assert messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert closing.is_on("presented-1-P2")
    assert not closing.is_on("presented-1-P4")


def test_it_says_what_to_do_afterwards(closing):
    words = [w.text() for w in closing.page.findChildren(QLabel)]

    assert set(CUES) <= set(words)


def refuse(_debrief):
    raise Trouble(TroubleCode.DISK_FULL)
