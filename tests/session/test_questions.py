"""Choosing a core question is logged and marked in the recording, which states that it is an evaluation."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import FakeRecordingStore, ListSessionLog, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session.state import NotNow
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.session.controller import SessionController
from balint_desktop.session.recording_controller import RecordingController

P1 = participant_code(1)
GROUP = Group(GroupId("g"), "Block B", participants=(Participant(P1, agreed_to_recording=True),))


class Room:
    def __init__(self, format_key="evaluation"):
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recorders = RecorderBench()
        controller = RecordingController(FakeRecordingStore(), self.recorders, post=lambda call: call())
        self.session = SessionController(shipped(format_key), GROUP, self.clock, self.log, controller)
        self.session.begin((P1,))

    def record(self):
        self.session.recording.start("USB")
        self.clock.advance(0.1)
        self.recorders.last.hears(0.1)
        return self

    def kinds(self):
        return [fact.kind for fact in self.log.facts]

    def marks(self):
        return [said for said in self.recorders.last.said if said.startswith("mark")]


def test_a_question_is_a_fact_and_a_mark_in_the_part():
    room = Room().record()
    room.session.ask_question(3)
    assert room.kinds()[-1] == "question-asked"
    assert room.marks()[-1] == "mark question 3"
    room.session.undo_question()
    assert room.kinds()[-1] == "question-taken-back"
    assert room.marks()[-1] == "mark question 3 taken back"
    assert room.session.state.question is None


def test_a_part_states_that_it_belongs_to_an_evaluation():
    assert "mark session evaluation" in Room().record().marks()
    assert not any("session" in said for said in Room("student-hour").record().marks())


def test_a_part_that_begins_during_a_question_states_which():
    room = Room()
    room.session.ask_question(5)
    assert room.record().marks()[-1] == "mark question 5"


def test_without_a_recording_the_question_is_still_in_the_log():
    session = SessionController(shipped("evaluation"), GROUP, WoundClock(), log := ListSessionLog())
    session.begin((P1,))
    session.ask_question(1)
    assert log.facts[-1].question == 1


def test_a_question_the_disk_refuses_does_not_count_and_marks_nothing():
    room = Room().record()
    room.log.broken = TroubleCode.DISK_FULL
    before = room.marks()
    with pytest.raises(Trouble):
        room.session.ask_question(2)
    assert room.session.state.question is None
    assert room.marks() == before


def test_a_case_session_refuses_a_question():
    with pytest.raises(NotNow):
        Room("student-hour").session.ask_question(1)
