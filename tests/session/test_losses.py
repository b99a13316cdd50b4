"""Recording faults in the session: each is reported and recovered, and every gap is in the log."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import FakeRecordingStore, FakeSleepInhibitor, ListSessionLog, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.trouble import TroubleCode as C
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingState
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import ProcessState, RecordingController

P1, P2 = ParticipantCode("P1"), ParticipantCode("P2")
MEMBERS = (Participant(P1, agreed_to_recording=True), Participant(P2))
HOUR = shipped("student-hour")


class Room:
    """A session that has been recorded for a minute, over fakes."""

    def __init__(self):
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recordings = FakeRecordingStore()
        self.recorders = RecorderBench()
        self.awake = FakeSleepInhibitor()
        self.controller = RecordingController(self.recordings, self.recorders, lambda call: call())
        group = Group(GroupId("g"), "Block B", participants=MEMBERS, recording_rule=RecordingRule.THOSE_PRESENT)
        self.session = SessionController(HOUR, group, self.clock, self.log, self.controller, sleep_inhibitor=self.awake)
        self.session.begin([P1])
        self.session.recording.start("USB")
        self.clock.advance(0.1)
        self.recorders.last.hears(0.1)
        self.part_s = 0.1
        self.live(60)

    def live(self, seconds, *, heard=True):
        """Let time pass with the window open and the recorder reporting."""
        for _ in range(int(seconds)):
            self.clock.advance(1)
            if heard:
                self.part_s += 1
                self.recorders.last.hears(self.part_s, self.part_s - 1)
            self.session.tick()

    def wait(self, seconds):
        """Let time pass without recording."""
        self.live(seconds, heard=False)

    def loses(self, why, sealed=59.0, sha256=None):
        self.recorders.last.ends(sealed, trouble=why, sha256=sha256)

    def goes_on(self):
        """Let the newest recorder report its first sound."""
        self.clock.advance(0.1)
        self.recorders.last.hears(0.1)
        self.part_s = 0.1

    @property
    def view(self):
        return self.session.state.recording

    def notice(self, kind):
        return next((n for n in self.session.notices if n.kind is kind), None)


@pytest.fixture
def room():
    return Room()


# --- the recorder dies ---


def test_a_killed_recorder_is_replaced_and_the_gap_is_reported_and_logged(room):
    room.loses(C.RECORDER_DIED)
    assert room.view.state is RecordingState.LOST
    assert room.controller.trouble.code is C.RECORDER_DIED
    assert room.controller.trouble.details == {"until_s": 59.0}
    assert room.session.recording.resumes_by_itself
    assert [recorder.device for recorder in room.recorders.made] == ["USB", "USB"]

    room.goes_on()

    assert room.view.state is RecordingState.RECORDING
    assert room.controller.trouble is None
    assert [part.part for part in room.view.parts] == [1, 2]
    (gap,) = room.view.lost
    assert (gap.from_s, gap.until_s) == (pytest.approx(59.0), pytest.approx(60.1))
    notice = room.notice(NoticeKind.GAP)
    assert (notice.not_recorded_s, notice.now_s) == (pytest.approx(1.1), pytest.approx(60.1))
    assert replay(HOUR, room.log.facts) == room.session.state


def test_a_recorder_that_dies_in_its_first_five_seconds_is_reported_and_one_press_resumes(room):
    room.loses(C.RECORDER_DIED)
    room.goes_on()
    room.live(3)
    room.loses(C.RECORDER_DIED, sealed=2.0)
    room.wait(120)

    assert len(room.recorders.made) == 2
    assert room.controller.trouble.code is C.RECORDER_DIED
    assert not room.session.recording.resumes_by_itself

    room.session.recording.start("USB")
    room.goes_on()
    assert room.view.state is RecordingState.RECORDING
    assert room.controller.trouble is None


def test_a_recorder_that_dies_before_its_first_sound_is_not_restarted_forever(room):
    room.loses(C.RECORDER_DIED)
    room.loses(C.RECORDER_DIED, sealed=0.0)
    room.wait(120)

    assert len(room.recorders.made) == 2
    assert room.view.state is RecordingState.LOST
    assert room.controller.trouble.details == {"until_s": 59.0}


def test_off_the_record_before_a_loss_remains_so_after_it(room):
    room.session.recording.pause()
    room.loses(C.RECORDER_DIED)
    assert room.recorders.last.said == ["start", "pause"]
    room.clock.advance(0.1)
    room.recorders.last.hears(0.1, state=RecorderState.PAUSED)

    assert room.view.state is RecordingState.PAUSED
    assert room.controller.state is ProcessState.RUNNING
    assert room.notice(NoticeKind.GAP) is None
    room.session.recording.resume()
    assert room.recorders.last.said[-1] == "resume"
    assert room.view.state is RecordingState.RECORDING


def test_recording_does_not_resume_by_itself_after_someone_without_consent_arrives(room):
    room.loses(C.MICROPHONE_GONE)
    room.session.mark_arrived(P2)
    room.wait(60)
    room.session.mark_left(P2)
    room.wait(60)

    assert len(room.recorders.made) == 1
    assert not room.session.recording.resumes_by_itself
    room.session.recording.start("USB")
    assert len(room.recorders.made) == 2


# --- the recorder does not answer ---


def test_a_stalled_recorder_is_reported_after_two_seconds_and_cleared_when_it_reports(room):
    room.wait(1)
    assert room.controller.trouble is None
    room.wait(1)
    assert room.controller.trouble.code is C.RECORDER_SILENT
    assert room.controller.trouble.details == {"until_s": 59.1}
    assert room.controller.hears_nothing

    room.live(1)
    assert room.controller.trouble is None


def test_after_a_minute_a_silent_recorder_is_ended_and_the_next_one_continues(room):
    room.wait(61)
    assert room.recorders.last.said[-1] == "kill"
    room.loses(C.RECORDER_DIED)
    room.goes_on()

    assert room.view.state is RecordingState.RECORDING
    assert room.view.lost[0].from_s == pytest.approx(59.0)


def test_a_machine_that_slept_does_not_mistake_its_sleep_for_the_recorders(room):
    room.clock.sleep(600)
    room.session.tick()

    assert room.controller.trouble is None
    assert "kill" not in room.recorders.last.said


# --- the sound system, the microphone ---


def test_a_frozen_sound_system_is_retried_until_it_answers(room):
    room.loses(C.SOUND_SYSTEM_FROZEN, sha256="ab")
    for _ in range(5):
        room.wait(10)
        room.loses(C.SOUND_SYSTEM_FROZEN, sealed=0.0)
    assert len(room.recorders.made) == 6
    assert room.controller.trouble.code is C.SOUND_SYSTEM_FROZEN
    assert room.controller.trouble.details == {"until_s": 59.0}

    room.wait(10)
    room.goes_on()
    assert room.view.state is RecordingState.RECORDING
    assert len(room.view.lost) == 1
    assert room.recordings.finished_parts == [(1, 59.0, "ab")]


def test_while_waiting_the_message_is_the_same_and_no_start_is_offered(room):
    room.loses(C.MICROPHONE_GONE)
    room.wait(2)
    assert room.controller.state is ProcessState.STARTING
    assert room.controller.trouble.code is C.MICROPHONE_GONE
    room.loses(C.NO_MICROPHONE, sealed=0.0)
    assert room.controller.trouble.code is C.MICROPHONE_GONE
    assert room.session.recording.resumes_by_itself


def test_another_microphone_starts_at_once_where_there_was_none(room):
    room.loses(C.MICROPHONE_GONE)
    room.session.recording.use_microphone("Built-in")
    assert room.recorders.last.device == "Built-in"
    room.goes_on()
    assert room.view.state is RecordingState.RECORDING


def test_another_microphone_replaces_a_muted_one_as_the_next_part(room):
    first = room.recorders.last
    first.reports(Kind.MUTED, 59.0, C.MICROPHONE_MUTED)
    room.session.recording.use_microphone("Built-in")
    assert first.said[-1] == "stop"
    assert len(room.recorders.made) == 1

    first.ends(60.1, sha256="ab")
    assert room.recorders.last.device == "Built-in"
    assert room.controller.trouble is None
    room.goes_on()
    assert [part.part for part in room.view.parts] == [1, 2]
    assert room.recordings.finished_parts == [(1, 60.1, "ab")]


def test_mute_and_full_disk_are_each_reported_until_they_are_over(room):
    recorder = room.recorders.last
    recorder.reports(Kind.DISK_LOW, 59.0, C.DISK_LOW)
    recorder.reports(Kind.MUTED, 59.0, C.MICROPHONE_MUTED)
    assert room.controller.trouble.code is C.MICROPHONE_MUTED
    recorder.reports(Kind.UNMUTED, 59.0)
    assert room.controller.trouble.code is C.DISK_LOW
    recorder.reports(Kind.DISK_ROOM, 59.0)
    assert room.controller.trouble is None


def test_a_gap_the_recorder_filled_with_silence_is_logged_and_reported(room):
    room.recorders.last.misses(40.0, 7.0)

    (gap,) = room.view.lost
    assert (gap.from_s, gap.until_s) == (pytest.approx(40.0), pytest.approx(47.0))
    assert room.notice(NoticeKind.GAP).not_recorded_s == pytest.approx(7.0)
    assert room.view.state is RecordingState.RECORDING


def test_sound_lost_to_overload_is_counted_in_the_recordings_line(room):
    room.recorders.last.hears(70.0, dropped=30)
    assert room.controller.trouble.code is C.SOUND_DROPPED
    assert room.controller.trouble.details == {"lost_s": 3.0}
    room.recorders.last.hears(70.1, dropped=45)
    assert room.controller.trouble.details == {"lost_s": 4.5}


# --- the disk ---


def test_after_a_full_disk_recording_resumes_only_once_there_is_room(room):
    room.recordings.space = False
    room.loses(C.DISK_FULL)
    room.wait(300)
    assert len(room.recorders.made) == 1

    room.recordings.space = True
    room.wait(1)
    room.goes_on()
    assert room.view.state is RecordingState.RECORDING
    assert room.notice(NoticeKind.GAP).not_recorded_s == pytest.approx(302, abs=1)


def test_a_log_that_refuses_the_next_part_is_retried(room):
    room.recordings.broken = C.DISK_READ_ONLY
    room.loses(C.DISK_READ_ONLY)
    room.wait(60)
    assert len(room.recorders.made) == 1
    assert room.session.recording.resumes_by_itself

    room.recordings.broken = None
    room.wait(10)
    assert len(room.recorders.made) == 2


def test_the_disk_notice_is_cleared_once_everything_is_stored(room):
    room.log.broken = C.DISK_FULL
    room.loses(C.DISK_FULL)
    assert room.notice(NoticeKind.TROUBLE) is not None
    room.log.broken = None
    room.wait(1)
    assert room.notice(NoticeKind.TROUBLE) is None


# --- sleep ---


def test_a_sleep_over_a_minute_ends_the_part_where_the_sound_ended_and_the_next_one_starts(room):
    room.clock.sleep(115)
    room.session.tick()
    room.loses(C.SOUND_LATE, sealed=60.1, sha256="ab")
    room.goes_on()

    assert room.session.elapsed_s() == pytest.approx(175.2)
    (gap,) = room.view.lost
    assert (gap.from_s, gap.until_s) == (pytest.approx(60.1), pytest.approx(175.1))
    assert room.notice(NoticeKind.GAP).not_recorded_s == pytest.approx(115)
    assert room.notice(NoticeKind.BACK_AGAIN) is None


def test_an_app_killed_while_nothing_was_recorded_reports_the_whole_gap(room):
    room.recordings.space = False
    room.loses(C.DISK_FULL)
    room.wait(20)
    room.clock.advance(100)
    again = SessionController(HOUR, room.session.group, room.clock, room.log, room.controller)
    again.restore(list(room.log.facts), 59.0)

    (back,) = [n for n in again.notices if n.kind is NoticeKind.BACK_AGAIN]
    assert back.not_recorded_s == pytest.approx(121.1)
    assert again.state.recording.state is RecordingState.LOST


# --- awake, and the end ---


def test_the_machine_is_kept_awake_only_while_there_is_something_to_record(room):
    assert room.awake.on
    room.loses(C.MICROPHONE_GONE)
    assert room.awake.on
    room.wait(2)
    room.goes_on()
    room.session.recording.stop()
    assert room.awake.on
    room.recorders.last.ends(3.0, sha256="ab")
    assert not room.awake.on


def test_a_waiting_recording_can_be_stopped_and_then_nothing_starts(room):
    room.loses(C.MICROPHONE_GONE)
    room.session.recording.stop()
    room.wait(60)

    assert room.view.state is RecordingState.STOPPED
    assert len(room.recorders.made) == 1
    assert room.controller.trouble is None
    assert not room.awake.on


def test_half_an_hour_past_the_end_waiting_stops(room):
    room.recordings.space = False
    room.loses(C.DISK_FULL)
    room.session.end()
    room.wait(89 * 60)
    room.recordings.space = True
    room.wait(60)

    assert not room.session.recording.resumes_by_itself
    assert len(room.recorders.made) == 1
