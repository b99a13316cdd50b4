"""The recording as the session leads it: what starts or resumes it, and which facts its reports become."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import FakeRecordingStore, FakeSleepInhibitor, ListSessionLog, RecorderBench
from sessions import shipped

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingState, participant_code
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import ProcessState, RecordingController

P1 = participant_code(1)
GROUP = Group(GroupId("g"), "Block B", participants=(Participant(P1, agreed_to_recording=True),))
HOUR = shipped("student-hour")


class Room:
    """A session that has begun, over fakes."""

    def __init__(self):
        self.clock = WoundClock()
        self.log = ListSessionLog()
        self.recorders = RecorderBench()
        self.awake = FakeSleepInhibitor()
        self.controller = RecordingController(FakeRecordingStore(), self.recorders, lambda call: call())
        self.session = SessionController(HOUR, GROUP, self.clock, self.log, self.controller, sleep_inhibitor=self.awake)
        self.session.begin((P1,))

    def record(self, seconds=60.0):
        self.recording.start("USB")
        self.clock.advance(seconds)
        self.recorders.last.hears(seconds)
        return self

    @property
    def recording(self):
        return self.session.recording

    @property
    def view(self):
        return self.session.state.recording

    def kinds(self):
        return [fact.kind for fact in self.log.facts]

    def notices(self):
        return [notice.kind for notice in self.session.notices]


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def unrecorded():
    session = SessionController(HOUR, GROUP, WoundClock(), ListSessionLog(), sleep_inhibitor=FakeSleepInhibitor())
    session.begin((P1,))
    return session


# --- a session without a recording ---


def test_a_session_that_is_not_recorded_has_no_recorder_and_cannot_get_one(unrecorded):
    recording = unrecorded.recording
    recording.start("USB")
    recording.use_microphone("USB")
    recording.adopt(None)
    unrecorded.tick()

    assert (recording.controller, recording.is_available) == (None, False)
    assert (recording.has_recorder, recording.is_running, recording.resumes_by_itself) == (False, False, False)
    assert unrecorded.state.recording.state is RecordingState.OFF


# --- starts ---


def test_a_microphone_that_is_chosen_before_the_recording_starts_it(room):
    changes = []
    room.session.on_change(lambda: changes.append(room.controller.state))
    room.recording.use_microphone("Built-in")

    assert [recorder.device for recorder in room.recorders.made] == ["Built-in"]
    assert changes[-1] is ProcessState.STARTING
    assert (room.recording.has_recorder, room.recording.is_running, room.awake.on) == (True, False, True)


def test_another_microphone_starts_nothing_in_a_room_that_everyone_has_left(room):
    room.record()
    room.recorders.last.ends(59.0, trouble=TroubleCode.MICROPHONE_GONE)
    room.session.mark_left(P1)
    room.recording.use_microphone("Built-in")

    assert (len(room.recorders.made), room.controller.device) == (1, "Built-in")


def test_a_locked_vault_refuses_to_start_and_to_resume_but_not_to_pause_and_to_stop(room):
    room.record()
    room.recording.is_locked = True
    room.recording.pause()
    for refused in (room.recording.start, room.recording.resume):
        with pytest.raises(Trouble) as caught:
            refused()
        assert caught.value.code is TroubleCode.VAULT_LOCKED
    room.recording.stop()

    assert room.recorders.last.said[-2:] == ["pause", "stop"]


def test_a_recording_resumes_while_the_vault_is_locked_after_its_recorder_died(room):
    room.record()
    room.recording.is_locked = True
    room.recorders.last.ends(59.0, trouble=TroubleCode.RECORDER_DIED)

    assert len(room.recorders.made) == 2


# --- pause and resume ---


def test_pause_and_resume_each_count_once(room):
    room.record()
    for act in (room.recording.pause, room.recording.pause, room.recording.resume, room.recording.resume):
        act()

    assert room.kinds()[-2:] == ["recording-paused", "recording-resumed"]
    assert room.recorders.last.said[-2:] == ["pause", "resume"]


def test_redaction_off_the_record_adds_no_second_pause(room):
    room.record()
    room.recording.pause()
    room.recording.redact_last_minute()

    assert room.kinds()[-2:] == ["recording-paused", "struck"]
    assert room.notices() == [NoticeKind.REDACTED]


def test_a_removed_minute_is_back_and_recorded_on_when_it_is_undone_within_ten_seconds(room):
    room.record()
    room.recording.redact_last_minute()
    room.clock.advance(9)
    room.recording.undo_redaction()

    assert (room.view.redacted, room.view.state) == ((), RecordingState.RECORDING)
    assert room.kinds()[-2:] == ["struck-taken-back", "recording-resumed"]
    assert room.recorders.last.said[-2:] == ["mark struck 60 taken back", "resume"]


def test_after_ten_seconds_the_minute_stays_removed(room):
    room.record()
    room.recording.redact_last_minute()
    room.clock.advance(10.5)
    room.recording.undo_redaction()

    assert len(room.view.redacted) == 1


def test_undoing_while_locked_brings_the_minute_back_and_starts_nothing(room):
    room.record()
    room.recording.redact_last_minute()
    room.recording.is_locked = True
    room.recording.undo_redaction()

    assert (room.view.redacted, room.view.state) == ((), RecordingState.PAUSED)


def test_a_minute_whose_undoing_cannot_be_written_stays_removed(room):
    room.record()
    room.recording.redact_last_minute()
    room.log.broken = TroubleCode.DISK_FULL
    with pytest.raises(Trouble):
        room.recording.undo_redaction()

    assert len(room.view.redacted) == 1
    assert room.recorders.last.said[-1] == "pause"


# --- reports ---


def test_a_new_level_is_reported_until_the_listener_is_taken_away(room):
    heard = []
    stop = room.recording.on_level(lambda: heard.append(room.controller.status.seconds))
    room.record()
    room.recorders.last.hears(61.0)
    stop()
    room.recorders.last.hears(62.0)

    assert heard == [60.0, 61.0]


def test_a_gap_ends_where_the_sound_came_back_although_it_is_reported_later(room):
    room.record()
    room.recorders.last.misses(40.0, 7.0)

    (gap,) = room.view.lost
    assert (gap.from_s, gap.until_s) == (pytest.approx(40.0), pytest.approx(47.0))


def test_a_gap_off_the_record_is_a_fact_without_a_notice(room):
    room.record()
    room.recording.pause()
    room.clock.advance(20)
    room.recorders.last.misses(70.0, 7.0)

    assert (room.kinds()[-1], len(room.view.lost), room.notices()) == ("recording-gap", 1, [])


def test_a_gap_of_a_recorder_that_has_not_started_is_no_fact(room):
    room.record()
    room.recorders.last.ends(59.0, trouble=TroubleCode.RECORDER_DIED)
    room.recorders.last.misses(0.0, 1.0)

    assert room.kinds()[-1] == "recording-lost"


def test_a_loss_counts_from_the_last_second_that_is_sealed(room):
    room.record()
    room.clock.advance(2)
    room.recorders.last.ends(59.5, trouble=TroubleCode.MICROPHONE_GONE)

    lost = room.log.facts[-1]
    assert (lost.kind, lost.seconds, lost.why) == ("recording-lost", pytest.approx(2.5), "microphone-gone")


def test_more_sealed_than_the_clock_has_counted_loses_nothing(room):
    room.record()
    room.recorders.last.ends(60.5, trouble=TroubleCode.MICROPHONE_GONE)

    assert room.log.facts[-1].seconds == 0.0


def test_the_next_part_goes_into_the_recording_of_before_the_app_was_closed(room):
    room.record()
    again = RecorderBench()
    controller = RecordingController(FakeRecordingStore(), again, lambda call: call())
    session = SessionController(HOUR, GROUP, room.clock, room.log, controller)
    session.restore(list(room.log.facts), 59.0)

    assert (controller.recording, again.made) == (room.view.id, [])
