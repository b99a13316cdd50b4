"""Leading a session: acts become facts, consent is a gate, nothing happens by itself."""

from __future__ import annotations

import pytest
from session_fakes import FakeRecordingStore, ListSessionLog, RecorderBench

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.formats import Phase, SessionFormat
from balint_desktop.domain.session.state import NotNow
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import (
    GroupId,
    MarkKind,
    ParticipantCode,
    RecordingId,
    RecordingState,
    SessionKind,
    participant_code,
)
from balint_desktop.session.controller import SessionController
from balint_desktop.session.interfaces import NullSessionLog
from balint_desktop.session.notices import NoticeKind
from balint_desktop.session.recording_controller import ProcessState, RecordingController

P1, P2, P3 = (participant_code(n) for n in (1, 2, 3))
M = 60


class HandWound:
    """A clock wound by hand: `boot` counts sleep, as the real one does."""

    def __init__(self):
        self.at = Instant(1_800_000_000.0, 5_000.0, "boot-a")

    def now(self):
        return self.at

    def pass_(self, seconds):
        self.at = Instant(self.at.wall + seconds, self.at.boot + seconds, self.at.boot_id)

    def reboot(self, seconds):
        self.at = Instant(self.at.wall + seconds, 20.0, "boot-b")


def phase(key, from_m, until_m, **more):
    texts = {"label": key, "title": key, "sentence": key, "prompts": key}
    return Phase(key=key, from_s=from_m * M, until_s=until_m * M, step=f"to {key}", **texts, **more)


HOUR = SessionFormat(
    key="student-hour",
    name="Student hour",
    about="",
    kind=SessionKind.CASE,
    phases=(
        phase("framing", 0, 3),
        phase("call", 3, 5),
        phase("presentation", 5, 12, case=1),
        phase("questions", 12, 17, case=1),
        phase("reflection", 17, 45, case=1, presenter_out=True),
        phase("return", 45, 55, case=1, fixed=True, mark_name="the presenter returns"),
        phase("close", 55, 60),
    ),
    note_presenter_in_s=20 * M,
)


def group(**more):
    members = (Participant(P1, agreed_to_recording=True), Participant(P2, agreed_to_recording=True), Participant(P3))
    more.setdefault("recording_rule", RecordingRule.THOSE_PRESENT)
    return Group(id=GroupId("g"), name="Block B", participants=members, **more)


class Room:
    """A session controller with its fakes, on a wound clock."""

    def __init__(self, members=None):
        self.clock = HandWound()
        self.log = ListSessionLog()
        self.recordings = FakeRecordingStore()
        self.recorders = RecorderBench()
        self.controller = RecordingController(self.recordings, self.recorders, post=lambda call: call())
        self.session = SessionController(HOUR, members or group(), self.clock, self.log, self.controller)

    def begin(self, *present):
        self.session.begin(present or (P1, P2))
        return self

    def record(self):
        self.session.recording.start()
        self.clock.pass_(0.1)
        self.recorders.last.hears(0.1)
        return self

    def live(self, seconds):
        """Let time pass with the window open, ticking."""
        for _ in range(int(seconds) // 5):
            self.clock.pass_(5)
            self.session.tick()

    def kinds(self):
        return [fact.kind for fact in self.log.facts]

    def notices(self):
        return {notice.kind for notice in self.session.notices}


@pytest.fixture
def room():
    return Room()


def test_no_act_is_accepted_before_begin(room):
    with pytest.raises(NotNow):
        room.session.step()
    assert room.log.facts == []


def test_a_fact_that_cannot_be_stored_does_not_count(room):
    room.begin()
    room.log.broken = TroubleCode.DISK_FULL

    with pytest.raises(Trouble):
        room.session.step()

    assert room.session.state.phase == 0


def test_a_step_can_be_undone_until_the_next_one(room):
    room.begin()
    room.session.step()
    room.session.step()
    room.session.undo_step()
    assert room.session.state.phase == 1
    with pytest.raises(NotNow):
        room.session.undo_step()


def test_time_alone_takes_no_step(room):
    room.begin()
    room.live(70 * M)
    assert room.kinds() == ["began"]


def test_recording_starts_with_the_first_sound_and_not_before(room):
    room.begin()
    room.clock.pass_(10)
    room.session.recording.start("USB")
    assert room.session.state.recording.state is RecordingState.OFF
    room.clock.pass_(0.5)
    room.recorders.last.hears(0.2)

    started = room.log.facts[-1]
    assert isinstance(started, f.RecordingStarted)
    assert room.session.state.recording.parts[0].span.from_s == pytest.approx(10.3)
    assert room.recorders.last.device == "USB"
    # A fact reported a moment late does not move the clock.
    assert room.session.elapsed_s() == pytest.approx(10.5)


def test_no_one_is_recorded_while_one_member_has_not_agreed(room):
    room.begin(P1, P2, P3)
    room.session.recording.start()
    assert room.recorders.made == []
    assert not room.session.recording.is_available


def test_a_latecomer_who_has_not_agreed_pauses_the_recording_in_the_same_act(room):
    room.begin().record()
    room.session.mark_arrived(P3)

    assert room.kinds()[-2:] == ["arrived", "recording-paused"]
    assert "pause" in room.recorders.last.said
    assert NoticeKind.LATECOMER_PAUSED in room.notices()

    room.session.recording.resume()
    assert room.session.state.recording.state is RecordingState.PAUSED

    room.session.mark_left(P3)
    room.session.recording.resume()
    assert room.session.state.recording.state is RecordingState.RECORDING


def test_a_latecomer_who_has_agreed_changes_nothing(room):
    room.session.begin((P1,))
    room.record()
    room.session.mark_arrived(P2)
    assert room.session.state.recording.state is RecordingState.RECORDING


def test_an_observer_who_comes_in_is_off_the_record_until_they_have_agreed(room):
    room.begin().record()
    room.session.mark_observer_arrived(agreed=False)

    assert room.kinds()[-2:] == ["observer-arrived", "recording-paused"]
    assert "pause" in room.recorders.last.said
    assert NoticeKind.LATECOMER_PAUSED in room.notices()
    room.session.recording.resume()
    assert room.session.state.recording.state is RecordingState.PAUSED
    room.session.mark_observer_arrived(agreed=True)
    assert room.session.state.recording.state is RecordingState.PAUSED
    room.session.recording.resume()
    assert room.session.state.recording.state is RecordingState.RECORDING


def test_after_an_observer_has_left_recording_may_resume_and_does_not_by_itself(room):
    room.begin().record()
    room.session.mark_observer_arrived(agreed=False)
    room.session.mark_observer_left()
    assert room.session.state.recording.state is RecordingState.PAUSED
    room.session.recording.resume()

    assert room.session.state.recording.state is RecordingState.RECORDING
    assert room.session.state.observer_refused


def test_someone_who_arrived_while_the_microphone_was_starting_is_not_recorded(room):
    room.begin()
    room.session.recording.start()
    room.session.mark_arrived(P3)
    room.recorders.last.hears(0.1)
    assert room.session.state.recording.state is RecordingState.PAUSED


def test_redacting_pauses_and_marks_the_last_minute(room):
    room.begin().record()
    room.clock.pass_(5 * M)
    room.session.recording.redact_last_minute()

    redacted = room.session.state.recording.redacted[0]
    assert redacted.until_s - redacted.from_s == pytest.approx(M)
    assert room.session.state.recording.state is RecordingState.PAUSED
    assert any(said.startswith("mark struck") for said in room.recorders.last.said)


def test_redacting_without_a_recording_does_nothing(room):
    room.begin()
    room.session.recording.redact_last_minute()
    assert room.kinds() == ["began"]


def test_a_mark_is_in_the_log_and_in_the_recording(room):
    room.begin().record()
    room.session.mark_moment(MarkKind.NAME_TO_REMOVE)
    assert "mark name-to-remove" in room.recorders.last.said
    assert room.session.state.moments[0].mark is MarkKind.NAME_TO_REMOVE


def test_phases_are_marks_in_the_recording(room):
    room.begin().record()
    room.session.step()
    assert room.recorders.last.said[-2:] == ["mark phase framing", "mark phase call"]


def test_stopping_becomes_a_fact_only_when_sealed(room):
    room.begin().record()
    room.session.end()
    room.session.recording.stop()
    assert room.session.state.recording.state is RecordingState.RECORDING
    assert room.controller.state is ProcessState.STOPPING

    room.recorders.last.ends(12.0, sha256="ab")
    assert room.session.state.recording.state is RecordingState.STOPPED
    assert room.recordings.finished_parts == [(1, 12.0, "ab")]
    assert room.kinds()[-2:] == ["ended", "recording-stopped"]


def test_the_recording_ends_with_its_last_sample_and_not_with_its_sealing(room):
    room.begin().record()
    room.clock.pass_(10)
    room.session.recording.stop()
    room.clock.pass_(0.5)
    room.recorders.last.ends(10.1, sha256="ab")
    assert room.session.state.recording.parts[0].span.until_s == pytest.approx(10.1)
    assert room.session.elapsed_s() == pytest.approx(10.6)


def test_stopping_a_recording_that_never_started_asks_nothing(room):
    room.begin()
    room.session.recording.stop()
    assert room.kinds() == ["began"]


def test_a_microphone_that_does_not_start_is_reported_and_loses_nothing(room):
    room.begin()
    room.session.recording.start()
    room.recorders.last.ends(0.0, trouble=TroubleCode.NO_MICROPHONE)

    assert room.controller.trouble.code is TroubleCode.NO_MICROPHONE
    assert room.controller.state is ProcessState.IDLE
    assert room.kinds() == ["began"]

    room.record()
    assert room.recordings.made == 1
    assert room.controller.trouble is None


def test_a_dead_recorder_is_followed_by_the_next_part_with_the_gap_reported(room):
    room.begin().record()
    room.clock.pass_(30)
    room.recorders.last.hears(30.1, sealed=29.0)
    room.clock.pass_(1)
    room.recorders.last.ends(29.0, trouble=TroubleCode.RECORDER_DIED)

    assert room.session.state.recording.state is RecordingState.LOST
    assert len(room.recorders.made) == 2
    room.clock.pass_(1)
    room.recorders.last.hears(0.1)

    view = room.session.state.recording
    assert [part.part for part in view.parts] == [1, 2]
    assert view.lost[0].until_s == pytest.approx(view.parts[1].span.from_s)
    assert view.parts[0].span.until_s == pytest.approx(view.lost[0].from_s)


def test_a_recorder_that_dies_at_once_is_not_restarted_forever(room):
    room.begin().record()
    room.recorders.last.ends(0.0, trouble=TroubleCode.RECORDER_DIED)
    assert len(room.recorders.made) == 1
    assert room.session.state.recording.state is RecordingState.LOST


def test_an_unplugged_microphone_is_not_restarted_at_once(room):
    room.begin().record()
    room.clock.pass_(30)
    room.recorders.last.ends(29.0, trouble=TroubleCode.MICROPHONE_GONE)
    assert len(room.recorders.made) == 1
    assert room.controller.trouble.code is TroubleCode.MICROPHONE_GONE


def test_a_muted_microphone_is_reported_and_the_report_is_cleared(room):
    room.begin().record()
    room.recorders.last.reports(RecorderEventKind.MUTED, trouble=TroubleCode.MICROPHONE_MUTED)
    assert room.controller.trouble.code is TroubleCode.MICROPHONE_MUTED
    room.recorders.last.reports(RecorderEventKind.UNMUTED)
    assert room.controller.trouble is None


def test_a_replaced_recorder_is_ignored(room):
    room.begin().record()
    old = room.recorders.last
    room.clock.pass_(30)
    old.ends(29.0, trouble=TroubleCode.RECORDER_DIED)
    room.recorders.last.hears(0.1)
    old.ends(29.0, trouble=TroubleCode.RECORDER_DIED)
    assert room.session.state.recording.state is RecordingState.RECORDING
    assert len(room.recorders.made) == 2


def test_the_quiet_note_appears_once_at_twenty_minutes_with_the_presenter_still_in_the_circle(room):
    room.begin()
    for _ in range(3):
        room.session.step()
    for _ in range(20 * M // 5):
        assert NoticeKind.PRESENTER_STILL_IN not in room.notices()
        room.clock.pass_(5)
        room.session.tick()
    assert NoticeKind.PRESENTER_STILL_IN in room.notices()
    room.session.notices.dismiss(next(iter(room.session.notices)))
    room.clock.pass_(5)
    room.session.tick()
    assert room.notices() == set()


def test_a_laptop_that_slept_resumes_at_the_current_session_time(room):
    room.begin().record()
    room.session.tick()
    room.clock.pass_(115)
    room.session.tick()

    notice = next(n for n in room.session.notices if n.kind is NoticeKind.BACK_AGAIN)
    assert notice.not_recorded_s == 0.0
    assert notice.now_s == pytest.approx(115.1)
    assert room.session.state.away[-1].until_s == pytest.approx(115.1)


def test_a_killed_app_resumes_at_the_current_session_time_and_reports_the_gap(room):
    room.begin().record()
    room.clock.pass_(31 * M)
    room.session.step()
    kept = list(room.log.facts)
    room.clock.pass_(115)

    again = SessionController(
        HOUR, group(), room.clock, room.log, RecordingController(room.recordings, room.recorders, lambda c: c())
    )
    sealed_s = 31 * M - 2 + 0.1
    again.restore(kept, sealed_s)

    notice = next(n for n in again.notices if n.kind is NoticeKind.BACK_AGAIN)
    assert notice.now_s == pytest.approx(31 * M + 115.1)
    assert notice.not_recorded_s == pytest.approx(117)
    assert again.state.phase == 1
    assert again.state.recording.state is RecordingState.LOST
    assert NoticeKind.TIME_GUESSED not in {n.kind for n in again.notices}

    again.recording.start()
    room.clock.pass_(1)
    room.recorders.last.hears(0.2)
    assert again.state.recording.id == RecordingId("recording-1")
    assert [part.part for part in again.state.recording.parts] == [1, 2]


def test_resuming_after_a_reboot_reports_that_wall_time_is_used(room):
    room.begin()
    room.clock.pass_(10 * M)
    room.clock.reboot(3 * M)
    again = SessionController(HOUR, group(), room.clock, room.log)
    again.restore(list(room.log.facts), None)
    assert again.elapsed_s() == pytest.approx(13 * M)
    assert {n.kind for n in again.notices} == {NoticeKind.BACK_AGAIN, NoticeKind.TIME_GUESSED}
    assert [mark.at_s for mark in again.state.marks] == [45 * M, 60 * M]


def test_a_recording_forgotten_half_an_hour_past_the_end_stops_with_a_notice(room):
    room.begin().record()
    room.session.end()
    room.live(89 * M)
    assert room.controller.state is ProcessState.RUNNING
    room.live(M)
    assert room.controller.state is ProcessState.STOPPING
    room.recorders.last.ends(5399.0, sha256="ab")
    assert NoticeKind.FORGOTTEN_STOPPED in room.notices()


def test_deliberate_acts_move_the_marks_and_are_reported(room):
    room.begin()
    room.clock.pass_(2 * M)
    room.session.extend(10 * M)
    assert [mark.at_s for mark in room.session.state.marks] == [55 * M, 70 * M]
    assert NoticeKind.MARKS_MOVED in room.notices()
    room.session.move_start_earlier(4 * M)
    assert room.session.elapsed_s() == pytest.approx(6 * M)
    room.session.set_end_time(room.clock.now().wall + 54 * M)
    assert room.session.state.end.at_s == pytest.approx(60 * M)


def test_a_minute_more_never_passes_the_mark(room):
    room.begin()
    room.session.adjust_phase(M)
    assert schedule.phase_end_s(room.session.state) == 4 * M
    for _ in range(4):
        room.session.step()
    room.session.adjust_phase(M)
    assert schedule.phase_end_s(room.session.state) == 45 * M


def test_the_presenter_can_be_chosen_late_and_corrected(room):
    room.begin()
    room.session.choose_presenter(P1)
    room.session.choose_presenter(P2)
    assert room.session.state.presenters == {1: P2}
    room.session.choose_presenter(None)
    assert room.session.state.presenters == {}


def test_the_debrief_and_the_count_of_prompts_are_stored(room):
    room.begin()
    room.session.facts.count_prompt()
    room.session.close(Debrief("two lines"))
    assert room.log.prompts == 1
    assert room.log.debriefs == [Debrief("two lines")]


def test_ending_can_be_undone_without_losing_the_clock(room):
    room.begin()
    room.clock.pass_(59 * M)
    room.session.end()
    room.clock.pass_(5)
    room.session.undo_step()
    assert room.session.state.ended_s is None
    assert room.session.elapsed_s() == pytest.approx(59 * M + 5)


def test_trying_it_stores_nothing_and_never_records():
    session = SessionController(HOUR, group(), HandWound(), NullSessionLog())
    session.begin([ParticipantCode("P1")])
    session.recording.start()
    session.recording.stop()
    session.recording.redact_last_minute()
    session.recording.pause()
    session.facts.count_prompt()
    session.close(Debrief())
    assert session.state.recording.state is RecordingState.OFF
    assert session.recording.controller is None
