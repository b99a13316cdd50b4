"""A changed consent in a running session: the gate closes at once, and no one is told whose answer it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clocks import WoundClock
from domain_values import with_participant
from session_fakes import FakeRecordingStore, ListSessionLog, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.values import GroupId, RecordingState, participant_code
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import RecordingController
from balint_desktop.ui.room.view import recording_line
from balint_desktop.ui.room.wording import notice_words

P1, P2, P3 = (participant_code(n) for n in (1, 2, 3))
GROUP = Group(
    GroupId("g"),
    "Block B",
    participants=(
        Participant(P1, agreed_to_recording=True),
        Participant(P2, agreed_to_recording=True),
        Participant(P3),
    ),
    recording_rule=RecordingRule.THOSE_PRESENT,
)


def answered(code, *, agrees):
    return with_participant(GROUP, replace(GROUP.participant(code), agreed_to_recording=agrees))


class Room:
    """A session controller with its fakes, on a wound clock."""

    def __init__(self):
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recorders = RecorderBench()
        self.controller = RecordingController(FakeRecordingStore(), self.recorders, lambda call: call())
        self.session = SessionController(shipped("student-hour"), GROUP, self.clock, self.log, self.controller)

    def begin(self, *present):
        self.session.begin(present or (P1, P2))
        return self

    def record(self):
        self.session.recording.start()
        self.clock.advance(0.1)
        self.recorders.last.hears(0.1)
        return self

    def live(self, seconds):
        for _ in range(seconds):
            self.clock.advance(1)
            self.session.tick()

    def kinds(self):
        return [fact.kind for fact in self.log.facts]

    def notices(self):
        return {notice.kind for notice in self.session.notices}


@pytest.fixture
def room():
    return Room()


def test_a_withdrawal_goes_off_the_record_in_the_same_act_and_cannot_be_resumed(room):
    room.begin().record()

    room.session.update_group(answered(P2, agrees=False))

    assert room.kinds()[-1] == "recording-paused"
    assert "pause" in room.recorders.last.said
    room.session.recording.resume()
    assert room.session.state.recording.state is RecordingState.PAUSED
    line = recording_line(room.session)
    assert line.can_stop
    assert not line.can_resume


def test_the_room_is_offered_words_to_say_that_name_no_one(room):
    room.begin().record()
    room.session.update_group(answered(P2, agrees=False))

    (notice,) = [n for n in room.session.notices if n.kind is NoticeKind.OFF_THE_RECORD_FROM_NOW]
    words = notice_words(notice, room.session.state, room.session.now())
    assert "Off the record" in words
    assert "Stop the recording" in words
    for code in ("P1", "P2", "P3", "agree", "consent", "withdr"):
        assert code not in words


def test_a_withdrawal_before_the_start_makes_recording_unavailable_without_a_notice(room):
    room.begin()
    room.session.update_group(answered(P2, agrees=False))

    room.session.recording.start()
    assert room.recorders.made == []
    assert room.notices() == set()


def test_a_recording_starting_at_that_moment_is_silent_from_its_first_sample(room):
    room.begin()
    room.session.recording.start()
    room.session.update_group(answered(P2, agrees=False))
    assert room.recorders.last.said == ["start", "pause"]

    room.clock.advance(0.1)
    room.recorders.last.hears(0.1)
    assert room.session.state.recording.state is RecordingState.PAUSED


def test_a_lost_recording_does_not_resume_by_itself_after_a_withdrawal(room):
    room.begin().record()
    made = len(room.recorders.made)
    room.recorders.last.ends(1.0)
    made_after = len(room.recorders.made)

    room.session.update_group(answered(P2, agrees=False))
    if made_after > made:
        room.recorders.last.ends(0.0)
    room.live(120)
    assert len(room.recorders.made) == made_after
    room.session.update_group(answered(P2, agrees=True))
    room.live(120)
    assert len(room.recorders.made) == made_after


def test_an_answer_of_someone_not_in_the_room_changes_nothing_there(room):
    room.begin().record()
    room.session.update_group(answered(P3, agrees=False))
    assert room.session.state.recording.state is RecordingState.RECORDING
    assert room.notices() == set()


def test_answers_in_another_group_change_nothing_here(room):
    room.begin().record()
    room.session.update_group(replace(answered(P1, agrees=False), id=GroupId("another")))
    assert room.session.state.recording.state is RecordingState.RECORDING


def test_an_agreement_makes_recording_available_and_starts_nothing(room):
    room.begin(P1, P2, P3)
    assert not room.session.recording.is_available
    room.session.update_group(answered(P3, agrees=True))
    assert room.session.recording.is_available
    assert room.recorders.made == []
