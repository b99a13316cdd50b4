"""What has happened counts although the disk refuses it, and is kept in order once the disk takes it."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import FakeRecordings, ListKeeper, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.people import Group, Participant
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingState
from balint_desktop.session.controller import Conductor
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.pending_writes import Backlog
from balint_desktop.session.recording_controller import RecordingDesk

P1, P2 = ParticipantCode("P1"), ParticipantCode("P2")
MEMBERS = (Participant(P1, agreed_to_recording=True), Participant(P2))


class Room:
    """A session that is recorded, led over fakes."""

    def __init__(self):
        self.clock = WoundClock()
        self.keeper = ListKeeper()
        self.recordings = FakeRecordings()
        self.recorders = RecorderBench()
        desk = RecordingDesk(self.recordings, self.recorders, lambda call: call())
        group = Group(GroupId("g"), "Block B", participants=MEMBERS)
        self.led = Conductor(shipped("student-hour"), group, self.clock, self.keeper, desk)
        self.led.begin([P1])
        self.led.start_recording()
        self.recorders.last.hears(0.1)

    def pass_(self, seconds):
        self.clock.advance(seconds)
        self.led.tick()

    def kinds(self):
        return [fact.kind for fact in self.keeper.facts]

    def said(self):
        return [notice.trouble.code for notice in self.led.notices if notice.kind is NoticeKind.TROUBLE]


@pytest.fixture
def room():
    made = Room()
    made.keeper.broken = TroubleCode.DISK_FULL
    return made


def refuse(*_told):
    raise Trouble(TroubleCode.DISK_FULL)


def test_a_recorder_that_ended_is_never_said_to_record(room):
    room.recordings.finished = refuse
    room.pass_(5)
    room.recorders.last.hears(5)
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)

    assert room.led.state.recording.state is RecordingState.LOST
    assert room.led.desk.trouble.code is TroubleCode.DISK_FULL
    assert room.said() == [TroubleCode.DISK_FULL]
    assert room.kinds() == ["began", "recording-started"]


def test_what_was_held_is_kept_in_its_order_as_soon_as_the_disk_takes_it(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL, sha256="ab")
    with pytest.raises(Trouble):
        room.led.step()
    assert room.led.state.phase == 0

    room.keeper.broken = None
    room.led.step()

    assert room.kinds() == ["began", "recording-started", "recording-lost", "step-taken"]
    assert room.recordings.finished_parts == [(1, 4.0, "ab")]


def test_nobody_has_to_press_anything_for_it(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)
    room.pass_(1)
    assert room.kinds() == ["began", "recording-started"]
    room.keeper.broken = None
    room.pass_(1)
    assert room.kinds() == ["began", "recording-started", "recording-lost"]


def test_a_recording_that_began_is_said_to(room):
    room.keeper.broken = None
    room.recorders.last.ends(1.0, trouble=TroubleCode.MICROPHONE_GONE)
    room.keeper.broken = TroubleCode.DISK_FULL
    room.led.start_recording()
    room.recorders.last.hears(0.1)
    assert room.led.state.recording.state is RecordingState.RECORDING


def test_a_recording_that_was_stopped_is_said_to_be(room):
    room.led.stop_recording()
    room.recorders.last.ends(3.0, sha256="ab")
    assert room.led.state.recording.state is RecordingState.STOPPED


def test_off_the_record_is_at_once_and_whatever_the_disk_says(room):
    room.led.pause_recording()
    assert room.recorders.last.said[-1] == "pause"
    assert room.led.state.recording.state is RecordingState.PAUSED


def test_on_the_record_again_is_not_before_it_is_kept(room):
    room.led.pause_recording()
    with pytest.raises(Trouble):
        room.led.resume_recording()
    assert room.recorders.last.said[-1] == "pause"
    assert room.led.state.recording.state is RecordingState.PAUSED


def test_a_latecomer_who_has_not_agreed_is_not_recorded_whatever_the_disk_says(room):
    room.led.arrive(P2)
    assert room.led.state.recording.state is RecordingState.PAUSED
    assert room.recorders.last.said[-1] == "pause"


def test_what_is_struck_is_struck_whatever_the_disk_says(room):
    room.led.strike()
    assert room.led.state.recording.struck
    assert room.recorders.last.said[-2:] == ["mark struck 60", "pause"]


def test_a_debrief_waits_for_what_is_held(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)
    with pytest.raises(Trouble):
        room.led.close(Debrief())
    assert room.keeper.debriefs == []

    room.keeper.broken = None
    room.led.close(Debrief())
    assert room.kinds()[-1] == "recording-lost"
    assert room.keeper.debriefs == [Debrief()]


def test_a_slip_of_ours_does_not_hold_up_what_comes_after_it():
    backlog, kept = Backlog(), []
    with pytest.raises(ZeroDivisionError):
        backlog.keep(lambda: 1 // 0)

    assert backlog.keep(lambda: kept.append("next")) is None
    assert kept == ["next"]
