"""Facts apply although the disk refuses them, and are written in order once the disk accepts them."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import FakeRecordingStore, ListSessionLog, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingState
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.pending_writes import PendingWrites
from balint_desktop.session.recording_controller import RecordingController

P1, P2 = ParticipantCode("P1"), ParticipantCode("P2")
MEMBERS = (Participant(P1, agreed_to_recording=True), Participant(P2))


class Room:
    """A recorded session over fakes."""

    def __init__(self):
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recordings = FakeRecordingStore()
        self.recorders = RecorderBench()
        controller = RecordingController(self.recordings, self.recorders, lambda call: call())
        group = Group(GroupId("g"), "Block B", participants=MEMBERS, recording_rule=RecordingRule.THOSE_PRESENT)
        self.session = SessionController(shipped("student-hour"), group, self.clock, self.log, controller)
        self.session.begin([P1])
        self.session.recording.start()
        self.recorders.last.hears(0.1)

    def pass_(self, seconds):
        self.clock.advance(seconds)
        self.session.tick()

    def kinds(self):
        return [fact.kind for fact in self.log.facts]

    def said(self):
        return [notice.trouble.code for notice in self.session.notices if notice.kind is NoticeKind.TROUBLE]


@pytest.fixture
def room():
    made = Room()
    made.log.broken = TroubleCode.DISK_FULL
    return made


def refuse(*_arguments):
    raise Trouble(TroubleCode.DISK_FULL)


def test_an_ended_recorder_is_never_shown_as_recording(room):
    room.recordings.finish_part = refuse
    room.pass_(5)
    room.recorders.last.hears(5)
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)

    assert room.session.state.recording.state is RecordingState.LOST
    assert room.session.recording.controller.trouble.code is TroubleCode.DISK_FULL
    assert room.said() == [TroubleCode.DISK_FULL]
    assert room.kinds() == ["began", "recording-started"]


def test_pending_facts_are_written_in_order_as_soon_as_the_disk_accepts_them(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL, sha256="ab")
    with pytest.raises(Trouble):
        room.session.step()
    assert room.session.state.phase == 0

    room.log.broken = None
    room.session.step()

    assert room.kinds() == ["began", "recording-started", "recording-lost", "step-taken"]
    assert room.recordings.finished_parts == [(1, 4.0, "ab")]


def test_writing_them_needs_no_press(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)
    room.pass_(1)
    assert room.kinds() == ["began", "recording-started"]
    room.log.broken = None
    room.pass_(1)
    assert room.kinds() == ["began", "recording-started", "recording-lost"]


def test_a_recording_that_began_is_shown_as_recording(room):
    room.log.broken = None
    room.recorders.last.ends(1.0, trouble=TroubleCode.MICROPHONE_GONE)
    room.log.broken = TroubleCode.DISK_FULL
    room.session.recording.start()
    room.recorders.last.hears(0.1)
    assert room.session.state.recording.state is RecordingState.RECORDING


def test_a_recording_that_was_stopped_is_shown_as_stopped(room):
    room.session.recording.stop()
    room.recorders.last.ends(3.0, sha256="ab")
    assert room.session.state.recording.state is RecordingState.STOPPED


def test_going_off_the_record_is_immediate_whatever_the_disk_does(room):
    room.session.recording.pause()
    assert room.recorders.last.said[-1] == "pause"
    assert room.session.state.recording.state is RecordingState.PAUSED


def test_going_back_on_the_record_waits_until_it_is_written(room):
    room.session.recording.pause()
    with pytest.raises(Trouble):
        room.session.recording.resume()
    assert room.recorders.last.said[-1] == "pause"
    assert room.session.state.recording.state is RecordingState.PAUSED


def test_a_latecomer_without_consent_is_not_recorded_whatever_the_disk_does(room):
    room.session.mark_arrived(P2)
    assert room.session.state.recording.state is RecordingState.PAUSED
    assert room.recorders.last.said[-1] == "pause"


def test_a_redaction_applies_whatever_the_disk_does(room):
    room.session.recording.redact_last_minute()
    assert room.session.state.recording.redacted
    assert room.recorders.last.said[-2:] == ["mark struck 60", "pause"]


def test_a_debrief_waits_for_pending_writes(room):
    room.recorders.last.ends(4.0, trouble=TroubleCode.DISK_FULL)
    with pytest.raises(Trouble):
        room.session.close(Debrief())
    assert room.log.debriefs == []

    room.log.broken = None
    room.session.close(Debrief())
    assert room.kinds()[-1] == "recording-lost"
    assert room.log.debriefs == [Debrief()]


def test_an_inner_error_does_not_delay_the_writes_after_it():
    pending, written = PendingWrites(), []
    with pytest.raises(ZeroDivisionError):
        pending.write(lambda: 1 // 0)

    assert pending.write(lambda: written.append("next")) is None
    assert written == ["next"]
