"""The debrief: the presenter corrected, two lines on process, reminders; nothing about a case or a person."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from room_bench import EVERYONE, LATECOMER, M, RoomBench

from balint_desktop.domain.group.names_in_text import names_in
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.session.debrief import NOTE_LIMIT, Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.debrief.debrief import DebriefOffers, DebriefPlace

CUES = ("What was it like to lead today?", "What will you take to supervision?")


ROSTER = Roster((Person(EVERYONE[1], "Ada Mori"),))


@dataclass
class Names:
    """The roster behind the page."""

    roster: Roster | None
    readable: bool

    def exist(self):
        return self.roster is not None

    def read(self, shown):
        shown(self.roster)

    def in_note(self, text):
        return names_in(text, self.roster.people) if self.roster is not None and self.readable else ()


class Closing:
    """The page after a session whose presenter was noted as P2, and ways to operate it."""

    def __init__(self, theme, messages, look_at, format_key="student-hour", roster=ROSTER, *, readable=True):
        bench = RoomBench(theme, format_key)
        self.log, self.session = bench.log, bench.session
        self.session.begin(EVERYONE)
        for _ in self.session.format.phases[1:]:
            bench.clock.advance(8 * M)
            self.session.step()
        self.session.choose_presenter(EVERYONE[1], 1)
        self.session.end()
        self.reminders = []
        self.remind = self.reminders.append
        names = Names(roster, readable)

        def remind(kinds):
            self.remind(kinds)

        self.page = DebriefPlace(self.session, CUES, messages, DebriefOffers(names, remind))
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
    closing.press("remind-support")
    closing.press("closing-done")

    assert closing.log.debriefs == [Debrief("We were quick to solve.\nI waited longer.")]
    assert closing.reminders == [(ReminderKind.SUPPORT,)]
    assert closing.done == [True]


def test_what_was_not_answered_leaves_nothing(closing):
    closing.press("remind-follow-up")
    closing.press("remind-follow-up")
    closing.press("closing-done")

    assert closing.log.debriefs == [Debrief("")]
    assert closing.reminders == []
    assert closing.done == [True]


def test_a_reminder_says_who_sees_it_and_how_long(closing):
    expected = "Only you see this. It is in no record or export, and is erased when done."

    assert closing.reads("remind-words") == expected


def test_a_reminder_that_cannot_be_saved_is_reported_and_the_page_stays(closing, messages):
    closing.remind = refuse
    closing.press("remind-support")
    closing.press("closing-done")

    assert messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert closing.done == []


# --- names ---


def test_codes_are_shown_until_names_are_asked_for(closing):
    assert closing.find("presented-1-P2", QAbstractButton).text() == "P2"
    closing.press("show-names")
    assert closing.find("presented-1-P2", QAbstractButton).text() == "P2  Ada Mori"
    assert closing.find("presented-1-P4", QAbstractButton).text() == "P4"
    closing.press("show-names")

    assert closing.find("presented-1-P2", QAbstractButton).text() == "P2"


def test_names_are_gone_once_the_page_was_left(closing):
    closing.press("show-names")
    closing.page.leave_view()

    assert "Ada" not in "".join(one.text() for one in closing.page.findChildren(QAbstractButton))
    assert closing.find("show-names", QAbstractButton).text() == "Show names"


def test_without_a_roster_no_names_are_offered(theme, messages, look_at):
    closing = Closing(theme, messages, look_at, roster=None)

    assert closing.page.names.isHidden()


@pytest.mark.parametrize("shown", [True, False])
def test_a_note_that_names_a_member_is_asked_about_once(closing, shown):
    if shown:
        closing.press("show-names")
    closing.write("Ada was quiet.")
    closing.press("closing-done")

    assert closing.done == []
    words = "Your note names Ada. A roster name stops the export. Change it, or save again."
    assert closing.reads("process-note-names") == words
    closing.press("closing-done")
    assert closing.log.debriefs == [Debrief("Ada was quiet.")]
    assert closing.done == [True]


def test_a_note_without_a_name_is_saved_at_once(closing):
    closing.write("Nobody was quiet; there was hope.")
    closing.press("closing-done")

    assert closing.done == [True]


def test_while_the_names_are_locked_nothing_is_asked(theme, messages, look_at):
    closing = Closing(theme, messages, look_at, readable=False)
    closing.write("Ada was quiet.")
    closing.press("closing-done")

    assert closing.done == [True]


# --- the note ---


def test_the_note_field_says_that_no_case_belongs_there(closing):
    reminder = "How the group worked. No names, nothing about the case. A roster name stops the export."

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


def test_typing_in_the_middle_of_a_full_note_loses_nothing_and_leaves_the_cursor_there(closing, qtbot):
    closing.write("a" * NOTE_LIMIT)
    field = closing.find("process-note")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "a" * NOTE_LIMIT
    assert field.textCursor().position() == 3


def test_the_focus_starts_in_the_note_and_tab_leaves_it(closing, qtbot):
    assert closing.page.first_focus() is closing.find("process-note")
    closing.page.activateWindow()
    qtbot.waitUntil(closing.page.isActiveWindow)
    closing.page.first_focus().setFocus()
    qtbot.keyClick(closing.page.first_focus(), Qt.Key.Key_Tab)

    assert closing.find("process-note").toPlainText() == ""
    assert closing.find("remind-follow-up").hasFocus()


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
