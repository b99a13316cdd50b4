"""Time asleep or closed is noted once. A window that was busy missed nothing; of lost sound the recorder reports."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from session_fakes import ListSessionLog
from sessions import shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.values import RecordingId, RecordingState
from balint_desktop.session.append_facts import SessionFacts
from balint_desktop.session.missed_time import MissedTime
from balint_desktop.session.notices import NoticeKind

HOUR = shipped("student-hour")


class Bench:
    """The facts of a session on a wound clock, and the code that checks it."""

    def __init__(self, clock=None, log=None):
        self.clock = clock or WoundClock()
        self.log = log or ListSessionLog()
        self.facts = SessionFacts(HOUR, self.clock, self.log)
        self.awake_s = 0.0
        self.missed = MissedTime(self.facts, lambda: self.awake_s)

    def begin(self, *, recorded=False):
        self.facts.append(f.Began(at=self.clock.now()))
        if recorded:
            self.facts.append(f.RecordingStarted(at=self.clock.now(), recording=RecordingId("r"), part=1))
        self.missed.check(self.clock.now())
        return self

    def check_after(self, seconds, *, awake_s=0.0):
        self.clock.advance(seconds)
        self.awake_s += awake_s
        self.missed.check(self.clock.now())

    def away(self):
        return [fact.seconds for fact in self.log.facts if isinstance(fact, f.AppAway)]

    def notice(self, kind=NoticeKind.BACK_AGAIN):
        return next((notice for notice in self.facts.notices if notice.kind is kind), None)

    def again(self):
        """Return the session as the next start of the app finds it."""
        return Bench(self.clock, ListSessionLog())


@pytest.mark.parametrize(("seconds", "away"), [(9.9, []), (10.0, [10.0])])
def test_ten_seconds_asleep_are_missed_time(seconds, away):
    bench = Bench().begin()
    bench.check_after(seconds)

    assert bench.away() == [pytest.approx(one) for one in away]
    assert (bench.notice() is not None) == bool(away)


@pytest.mark.parametrize(("seconds", "awake_s", "away"), [(13.0, 13.0, []), (115.0, 15.0, [100.0])])
def test_a_window_that_was_busy_for_a_while_missed_nothing_but_the_sleep(seconds, awake_s, away):
    bench = Bench().begin(recorded=True)
    bench.check_after(seconds, awake_s=awake_s)

    assert bench.away() == [pytest.approx(one) for one in away]
    assert bench.facts.state.recording.lost == ()


def test_missed_time_is_noted_once_and_what_was_not_recorded_is_for_the_recorder_to_say():
    bench = Bench().begin(recorded=True)
    bench.check_after(115.0)
    bench.check_after(1.0)

    assert bench.away() == [pytest.approx(115.0)]
    assert bench.notice().not_recorded_s == 0.0
    bench.facts.append(f.RecordingGap(at=bench.clock.now(), seconds=115.0))
    assert bench.notice(NoticeKind.GAP).not_recorded_s == pytest.approx(115.0)
    assert bench.notice() is None


def test_off_the_record_nothing_was_lost():
    bench = Bench().begin(recorded=True)
    bench.facts.append(f.RecordingPaused(at=bench.clock.now()))
    bench.check_after(60.0)

    assert bench.notice().not_recorded_s == 0.0


@pytest.mark.parametrize("ended", [False, True])
def test_before_the_start_and_after_the_end_no_time_is_missed(ended):
    bench = Bench()
    if ended:
        bench.begin()
        bench.facts.append(f.Ended(at=bench.clock.now()))
    bench.missed.check(bench.clock.now())
    bench.check_after(600.0)

    assert bench.away() == []
    assert bench.notice() is None


def test_a_resumed_session_misses_the_time_since_its_last_sealed_sound():
    bench = Bench().begin(recorded=True)
    bench.clock.advance(100.0)
    again = bench.again()
    again.missed.restore(bench.log.facts, 70.0)

    away, lost = again.log.facts
    assert (away.seconds, lost.seconds, lost.why) == (pytest.approx(30.0), pytest.approx(30.0), "app-away")
    assert again.facts.state.recording.state is RecordingState.LOST
    assert again.notice().not_recorded_s == pytest.approx(30.0)
    assert again.notice(NoticeKind.TIME_GUESSED) is None


def test_sound_sealed_to_the_end_is_not_lost():
    bench = Bench().begin(recorded=True)
    bench.clock.advance(50.0)
    again = bench.again()
    again.missed.restore(bench.log.facts, 50.0)

    assert [fact.kind for fact in again.log.facts] == ["app-away"]
    assert again.facts.state.recording.state is RecordingState.RECORDING
    assert again.notice().not_recorded_s == 0.0


def test_a_recording_lost_earlier_counts_as_unrecorded_since_then():
    bench = Bench().begin(recorded=True)
    bench.clock.advance(40.0)
    bench.facts.append(f.RecordingLost(at=bench.clock.now(), seconds=5.0, why="recorder-died"))
    bench.clock.advance(20.0)
    again = bench.again()
    again.missed.restore(bench.log.facts, None)

    assert [fact.kind for fact in again.log.facts] == ["app-away"]
    assert again.notice().not_recorded_s == pytest.approx(25.0)


def test_without_a_recording_the_time_since_the_last_fact_is_missed_and_a_reboot_is_reported():
    bench = Bench().begin()
    bench.clock.reboot(180.0)
    again = bench.again()
    again.missed.restore(bench.log.facts, None)

    assert again.away() == [pytest.approx(180.0)]
    assert again.notice().not_recorded_s == 0.0
    assert again.notice(NoticeKind.TIME_GUESSED) is not None
