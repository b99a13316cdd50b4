"""Facts in any order: marks move only by the three acts that move them, and time advances."""

from __future__ import annotations

import contextlib
import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sessions import Led, M, shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.schedule import countdown, next_mark, next_step, over_s, phase_end_s, plan
from balint_desktop.domain.session.state import NotNow, apply, new_session, replay
from balint_desktop.domain.values import MarkKind, RecordingId, participant_code

CLOSE_S = 1e-3
KEYS = ("student-hour", "two-cases", "single-case", "online", "evaluation", "evaluation-online")
codes = st.integers(1, 3).map(participant_code)
minutes = st.integers(-10, 10).map(lambda n: n * M)


class AnyOrder(RuleBasedStateMachine):
    """A session, and beside it the simplest model of where its marks must be."""

    @initialize(key=st.sampled_from(KEYS))
    def begin(self, key):
        self.led = Led(shipped(key)).begin()
        self.planned = [mark.at_s for mark in self.led.state.marks]
        self.extended = [0.0] * len(self.planned)
        self.at = list(self.planned)
        self.last_s = 0.0

    def ahead(self):
        """Return for each mark whether it is in the future."""
        return [m.phase is None or m.phase > self.led.state.phase for m in self.led.state.marks]

    def happens(self, kind, **details):
        """Apply a fact; return whether it was possible."""
        try:
            self.led.happens(kind, **details)
        except NotNow:
            return False
        return True

    def end_by(self, end_s, ahead):
        """Set the end, and move forward what would leave less than five minutes, or less than was planned."""
        self.at[-1] = end_s
        for i in reversed(range(len(self.at) - 1)):
            if ahead[i]:
                least_s = min(self.planned[i + 1] - self.planned[i], 5 * M)
                stands_s = self.planned[i] + self.extended[i]
                self.at[i] = min(stands_s, max(0.0, self.at[i + 1] - least_s))

    # --- facts that must move no mark ---

    @rule(seconds=st.floats(0, 900))
    def time_passes(self, seconds):
        self.led.clock.advance(seconds)

    @rule(seconds=st.floats(0, 900))
    def the_machine_restarts(self, seconds):
        self.led.clock.reboot(seconds)

    @rule(seconds=st.floats(-7200, 7200))
    def the_system_time_is_changed(self, seconds):
        self.led.happens(f.AppAway, seconds=0)
        self.led.clock.set_wall(seconds)
        self.led.happens(f.AppAway, seconds=0)

    @rule()
    def the_app_crashes(self):
        before = self.led.state
        assert self.led.crash().state == before

    @rule()
    def step(self):
        last = self.led.state.phase == len(self.led.format.phases) - 1
        assert self.happens(f.StepTaken, phase=self.led.state.phase + 1) is (
            not last and self.led.state.ended_s is None
        )

    @rule(
        fact=st.sampled_from(
            [
                (f.StepTakenBack, {}),
                (f.Ended, {}),
                (f.EndTakenBack, {}),
                (f.RecordingStarted, {"recording": RecordingId("r"), "part": 1}),
                (f.RecordingPaused, {}),
                (f.RecordingResumed, {}),
                (f.RecordingLost, {"seconds": 2.0, "why": "recorder-died"}),
                (f.RecordingGap, {"seconds": 7.0}),
                (f.RecordingStopped, {}),
                (f.Redacted, {"seconds": 60.0}),
                (f.AppAway, {"seconds": 30.0}),
                (f.Began, {"present": ()}),
            ]
        )
    )
    def something_else_happens(self, fact):
        kind, one = fact
        self.happens(kind, **one)

    @rule(seconds=minutes)
    def a_minute_more_or_less(self, seconds):
        self.happens(f.PhaseAdjusted, seconds=seconds)

    @rule(code=codes, kind=st.sampled_from([f.Arrived, f.Left]))
    def somebody_comes_or_goes(self, code, kind):
        self.happens(kind, code=code)

    @rule(fact=st.sampled_from([(f.ObserverArrived, {"agreed": True}), (f.ObserverArrived, {"agreed": False})]))
    def an_observer_comes(self, fact):
        self.happens(fact[0], **fact[1])

    @rule()
    def an_observer_goes(self):
        self.happens(f.ObserverLeft)

    @rule(code=codes | st.none(), case=st.integers(0, 3))
    def a_presenter_is_chosen(self, code, case):
        self.happens(f.PresenterChosen, code=code, case=case)

    @rule(mark=st.sampled_from(MarkKind))
    def a_moment_is_marked(self, mark):
        self.happens(f.Marked, mark=mark)

    # --- facts that move marks exactly as specified ---

    @rule(seconds=minutes)
    def extend(self, seconds):
        ahead = self.ahead()
        if self.happens(f.Extended, seconds=seconds):
            for i, lies_ahead in enumerate(ahead):
                self.at[i] += seconds * lies_ahead
                self.extended[i] += seconds * lies_ahead

    @rule(minute=st.integers(-5, 100))
    def out_by(self, minute):
        end_s = self.led.elapsed_s + minute * M
        result = self.happens(f.OutBy, wall=self.led.clock.now().wall + minute * M)
        assert result is (minute > 0 and self.led.state.ended_s is None)
        if result:
            self.end_by(end_s, self.ahead())

    @rule(seconds=minutes)
    def began_earlier(self, seconds):
        was_s = self.led.elapsed_s
        result = self.happens(f.BeganEarlier, seconds=seconds)
        assert result is (was_s + seconds >= 0)
        if result:
            assert abs(self.led.elapsed_s - was_s - seconds) < CLOSE_S
            self.last_s = self.led.elapsed_s
            if self.led.state.has_finish_time:
                self.end_by(self.at[-1] + seconds, self.ahead())

    # --- invariants ---

    @invariant()
    def the_marks_stand_where_they_were_put(self):
        assert all(abs(a - b) < CLOSE_S for a, b in zip(self.led.marks, self.at, strict=True))

    @invariant()
    def time_never_runs_backwards(self):
        assert self.led.elapsed_s >= self.last_s - CLOSE_S
        self.last_s = self.led.elapsed_s

    @invariant()
    def the_countdown_is_what_is_left_to_the_next_mark(self):
        shown = countdown(self.led.state, self.led.clock.now())
        left_s = next_mark(self.led.state).at_s - self.led.elapsed_s
        assert shown.over is (left_s <= 0)
        whole = shown.minutes * M
        assert whole - M - CLOSE_S <= left_s <= whole + CLOSE_S if not shown.over else whole <= -left_s < whole + M

    @invariant()
    def the_track_runs_from_the_beginning_to_the_end_without_a_hole(self):
        state, now = self.led.state, self.led.clock.now()
        track = plan(state, now)
        assert [p.phase for p in track] == list(range(len(state.format.phases)))
        assert track[0].from_s == 0
        assert all(a.until_s == b.from_s for a, b in pairwise(track))
        assert all(p.from_s <= p.until_s for p in track)
        if state.ended_s is None:
            latest_s = max(self.led.elapsed_s, state.entered_s)
            assert latest_s <= track[-1].until_s + CLOSE_S
            # where marks were put so that nothing is left before the end, the last phase has no length
            assert abs(track[-1].until_s - max(state.end.at_s, track[-1].from_s, latest_s)) < CLOSE_S
        else:
            assert track[-1].until_s == max(state.ended_s, track[-1].from_s)

    @invariant()
    def no_phase_is_planned_past_the_next_mark(self):
        state, now = self.led.state, self.led.clock.now()
        assert phase_end_s(state) <= max(state.entered_s, next_mark(state).at_s)
        assert over_s(state, now) >= 0
        assert next_step(state, now).planned_s == phase_end_s(state)
        if state.ended_s is None:
            for planned in plan(state, now)[state.phase :]:
                mark = next(m for m in state.marks if m.is_end or m.phase > planned.phase)
                assert planned.until_s <= max(planned.from_s, mark.at_s, self.led.elapsed_s)

    @precondition(lambda self: self.led.facts)
    @invariant()
    def replaying_the_facts_gives_the_same_state(self):
        assert replay(self.led.format, self.led.facts) == self.led.state


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=150, stateful_step_count=40)


@given(
    st.lists(
        st.sampled_from(
            [
                ("step-taken", {"phase": 1}),
                ("ended", {}),
                ("recording-paused", {}),
                ("left", {"code": "P1"}),
                ("began", {"present": ["P1"]}),
            ]
        ),
        max_size=12,
    )
)
def test_facts_written_down_and_read_again_lead_to_the_same_state(kinds):
    led = Led(shipped("student-hour"))
    for kind, one in kinds:
        led.clock.advance(7)
        with contextlib.suppress(NotNow):
            fact = f.from_fields(kind, led.clock.now(), json.loads(json.dumps(one)))
            led.state = apply(led.state, fact)
            led.facts.append(fact)
    before = led.state

    assert led.crash().state == before
    assert (led.state == new_session(led.format)) is not led.facts or not led.facts
