"""Notices are derived from the state: each ends when it stops being true, and the most important one comes first."""

from __future__ import annotations

import pytest
from sessions import Led, M, shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind, RecordingId
from balint_desktop.session.notices import Notice, NoticeKind, NoticeSources, SessionNotices, true_notices

RECORDING = RecordingId("r")


@pytest.fixture
def led():
    return Led(shipped("student-hour")).begin()


@pytest.fixture
def recorded(led):
    return led.at(60).happens(f.RecordingStarted, recording=RECORDING, part=1).at(10 * M)


def notices(led, **more):
    return true_notices(NoticeSources(led.state, led.clock.now(), **more))


def kinds(led, **more):
    return [notice.kind for notice in notices(led, **more)]


def redact(led):
    return led.happens(f.RecordingPaused).happens(f.Redacted, seconds=60.0)


def test_an_undisturbed_session_has_no_notice(recorded):
    assert kinds(recorded) == []


def test_a_removed_minute_can_be_undone_for_ten_seconds(recorded):
    redact(recorded)
    assert kinds(recorded, is_recording_available=True) == [NoticeKind.REDACTED]
    recorded.at(10 * M + 10)
    assert kinds(recorded, is_recording_available=True) == [NoticeKind.REDACTED]
    recorded.at(10 * M + 10.1)
    assert kinds(recorded, is_recording_available=True) == []


@pytest.mark.parametrize("after", [f.RedactionUndone, f.RecordingResumed])
def test_a_removal_that_is_undone_or_recorded_over_is_not_reported_any_more(recorded, after):
    redact(recorded).happens(after)

    assert kinds(recorded, is_recording_available=True) == []


def test_a_mark_is_confirmed_for_ten_seconds(led):
    led.at(100).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE).at(109.9)
    assert notices(led) == (Notice(NoticeKind.MARKED, 100.0),)
    led.at(110)
    assert kinds(led) == []


def test_a_pause_for_whoever_has_not_agreed_is_reported_until_recording_is_possible_again(recorded):
    recorded.happens(f.RecordingPaused)
    events = {NoticeKind.LATECOMER_PAUSED: recorded.clock.now()}

    assert kinds(recorded, events=events) == [NoticeKind.LATECOMER_PAUSED]
    assert kinds(recorded, events=events, is_recording_available=True) == []
    recorded.happens(f.RecordingResumed)
    assert kinds(recorded, events=events) == []


def test_of_two_reasons_for_a_pause_the_later_one_is_reported(recorded):
    recorded.happens(f.RecordingPaused)
    events = {NoticeKind.LATECOMER_PAUSED: recorded.clock.now()}
    recorded.at(11 * M)
    events[NoticeKind.OFF_THE_RECORD_FROM_NOW] = recorded.clock.now()

    assert kinds(recorded, events=events) == [NoticeKind.OFF_THE_RECORD_FROM_NOW]


def test_a_gap_is_reported_with_its_length_for_two_minutes(recorded):
    recorded.happens(f.RecordingGap, seconds=12.0)
    assert notices(recorded) == (Notice(NoticeKind.GAP, 600.0, 12.0),)
    recorded.at(12 * M)
    assert kinds(recorded) == []


def test_a_gap_off_the_record_lost_nothing(recorded):
    recorded.happens(f.RecordingPaused).at(11 * M).happens(f.RecordingGap, seconds=12.0)

    assert kinds(recorded) == []


def test_recording_again_is_not_reported_while_the_recording_is_paused(recorded):
    recorded.happens(f.RecordingGap, seconds=12.0).at(10 * M + 5).happens(f.RecordingPaused)
    assert kinds(recorded, is_recording_available=True) == []
    recorded.happens(f.RecordingResumed)
    assert kinds(recorded) == [NoticeKind.GAP]


def test_a_closed_app_is_reported_with_what_was_not_recorded_until_the_sound_is_back(recorded):
    recorded.happens(f.AppAway, seconds=150.0).happens(f.RecordingLost, seconds=152.0, why="app-away")
    assert notices(recorded) == (Notice(NoticeKind.BACK_AGAIN, 600.0, 152.0),)
    recorded.at(15 * M)
    assert kinds(recorded) == [NoticeKind.BACK_AGAIN]
    recorded.happens(f.RecordingStarted, recording=RECORDING, part=2)
    assert notices(recorded) == (Notice(NoticeKind.GAP, 900.0, 452.0),)
    recorded.at(17 * M)
    assert kinds(recorded) == []


def test_a_computer_that_slept_without_a_recording_missed_no_sound(led):
    led.at(600).happens(f.AppAway, seconds=120.0)
    assert notices(led) == (Notice(NoticeKind.BACK_AGAIN, 600.0, 0.0),)
    led.at(720)
    assert kinds(led) == []


def test_a_guessed_time_is_reported_until_it_is_corrected(led):
    led.clock.reboot(60)
    led.happens(f.AppAway, seconds=60.0).at(10 * M)
    assert kinds(led) == [NoticeKind.TIME_GUESSED]
    led.happens(f.BeganEarlier, seconds=30)
    assert kinds(led) == []


def test_the_presenter_still_in_the_circle_is_reported_until_the_presenter_sits_out(led):
    led.to("questions").at(20 * M - 1)
    assert kinds(led) == []
    led.at(20 * M)
    assert kinds(led) == [NoticeKind.PRESENTER_STILL_IN]
    led.step()
    assert kinds(led) == []


def test_a_refusal_is_reported_for_a_minute_and_unwritten_facts_as_long_as_they_are(led):
    full = Trouble(TroubleCode.DISK_FULL)
    refused = (full, led.at(5).clock.now())
    assert kinds(led, refused=refused) == [NoticeKind.TROUBLE]
    led.at(65)
    assert kinds(led, refused=refused) == []
    assert kinds(led, unwritten=full) == [NoticeKind.TROUBLE]


def test_a_recording_stopped_because_it_was_forgotten_is_reported_once_it_has_stopped(recorded):
    recorded.happens(f.Ended)
    events = {NoticeKind.FORGOTTEN_STOPPED: recorded.clock.now()}
    assert kinds(recorded, events=events) == []
    recorded.happens(f.RecordingStopped)
    assert kinds(recorded, events=events) == [NoticeKind.FORGOTTEN_STOPPED]


def test_the_most_important_notice_comes_first(recorded):
    recorded.to("questions").at(21 * M).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
    redact(recorded)
    lost = Trouble(TroubleCode.MICROPHONE_MUTED)

    assert kinds(recorded, lost_sound=lost, refused=(lost, recorded.clock.now())) == [
        NoticeKind.REDACTED,
        NoticeKind.RECORDING,
        NoticeKind.TROUBLE,
        NoticeKind.MARKED,
        NoticeKind.PRESENTER_STILL_IN,
    ]


class Bench:
    """The notices of a session, with what they notify."""

    def __init__(self, led):
        self.changes = 0
        self.led = led
        self.trouble = None
        self.notices = SessionNotices(self.sources, self.on_change)

    def sources(self):
        refused = self.notices.refused
        return NoticeSources(self.led.state, self.led.clock.now(), self.notices.events, refused, self.trouble)

    def on_change(self):
        self.changes += 1


@pytest.fixture
def bench(led):
    return Bench(led)


def test_a_dismissed_notice_stays_away_while_it_is_true_and_the_next_one_follows(bench):
    bench.notices.add(NoticeKind.MARKS_MOVED)
    bench.led.happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
    first, second = bench.notices
    bench.notices.dismiss(first)

    assert list(bench.notices) == [second]
    assert bench.changes == 2


def test_a_refusal_dismissed_before_is_shown_again_when_the_next_act_is_refused(bench):
    bench.notices.add_trouble(Trouble(TroubleCode.DISK_FULL))
    (notice,) = bench.notices
    bench.notices.dismiss(notice)
    assert list(bench.notices) == []
    bench.notices.add_trouble(Trouble(TroubleCode.DISK_FULL))

    assert [one.trouble.code for one in bench.notices] == [TroubleCode.DISK_FULL]


def test_a_trouble_that_was_dismissed_and_ended_is_shown_when_it_comes_back(bench):
    bench.trouble = Trouble(TroubleCode.MICROPHONE_MUTED)
    (notice,) = bench.notices
    bench.notices.dismiss(notice)
    assert list(bench.notices) == []
    bench.trouble = None
    assert list(bench.notices) == []
    bench.trouble = Trouble(TroubleCode.MICROPHONE_MUTED)

    assert [one.trouble.code for one in bench.notices] == [TroubleCode.MICROPHONE_MUTED]


def test_a_lasting_trouble_with_other_figures_stays_dismissed(bench):
    bench.trouble = Trouble(TroubleCode.SOUND_DROPPED, lost_s=1)
    (notice,) = bench.notices
    bench.notices.dismiss(notice)
    bench.trouble = Trouble(TroubleCode.SOUND_DROPPED, lost_s=2)

    assert list(bench.notices) == []
