"""The state of a session after its facts, and which facts cannot follow."""

from __future__ import annotations

import pytest
from sessions import Led, M, shipped

from balint_desktop.domain.clock import earlier
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import (
    Entry,
    Moment,
    NotNow,
    RecordedPart,
    Span,
    _follow,
    apply,
    elapsed_s,
    new_session,
)
from balint_desktop.domain.values import MarkKind, ParticipantCode, RecordingId, RecordingState

P1, P2, P3 = (ParticipantCode(code) for code in ("P1", "P2", "P3"))
R = RecordingId("r")


def recorded(led):
    return led.happens(f.RecordingStarted, recording=R, part=1)


def test_before_the_start_no_time_passes(hour):
    led = Led(hour)
    led.clock.advance(600)

    assert not led.state.has_begun
    assert (led.state.phase, led.state.entered_s, led.elapsed_s) == (0, 0.0, 0.0)


def test_no_fact_is_accepted_before_the_start(hour):
    with pytest.raises(NotNow, match="before"):
        Led(hour).step()


def test_a_session_begins_once(led):
    with pytest.raises(NotNow, match="already"):
        led.begin()


def test_a_refused_fact_changes_nothing(led):
    before = led.state

    with pytest.raises(NotNow):
        led.happens(f.Left, code=P1)
    assert led.state is before


def test_an_unknown_kind_of_fact_is_refused(led):
    with pytest.raises(NotNow, match="unknown"):
        _follow(f.Fact(at=led.clock.now()), led.state, 0.0)


class TestSteps:
    def test_a_step_leads_into_the_next_phase_only(self, led):
        led.at(200).step()

        assert led.state.entries == (Entry(0, 0.0), Entry(1, 200.0))
        for phase in (0, 1, 3, 99):
            with pytest.raises(NotNow, match="does not follow"):
                led.happens(f.StepTaken, phase=phase)

    def test_no_step_leads_out_of_the_last_phase(self, led):
        led.to("close")

        with pytest.raises(NotNow, match="does not follow"):
            led.step()

    def test_undoing_a_step_leaves_the_phase_unchanged(self, led):
        led.at(180).step().at(190).happens(f.StepTakenBack)

        assert led.state.entries == (Entry(0, 0.0),)

    def test_a_step_can_be_undone_once(self, led):
        with pytest.raises(NotNow, match="no step"):
            led.happens(f.StepTakenBack)
        led.at(180).step().at(300).step().happens(f.StepTakenBack)
        with pytest.raises(NotNow, match="no step"):
            led.happens(f.StepTakenBack)
        assert led.state.phase == 1

    def test_after_the_end_no_step_is_taken_or_undone(self, led):
        led.at(180).step().happens(f.Ended)

        for kind, one in (
            (f.StepTaken, {"phase": 2}),
            (f.StepTakenBack, {}),
            (f.PhaseAdjusted, {"seconds": 60}),
            (f.Extended, {"seconds": 60}),
            (f.OutBy, {"wall": led.clock.now().wall + 60}),
            (f.Ended, {}),
        ):
            with pytest.raises(NotNow, match="has ended"):
                led.happens(kind, **one)

    def test_the_end_can_be_undone(self, led):
        with pytest.raises(NotNow, match="not ended"):
            led.happens(f.EndTakenBack)
        led.at(3000).happens(f.Ended)
        assert led.state.ended_s == 3000
        led.happens(f.EndTakenBack).step()
        assert led.state.ended_s is None

    def test_a_step_reported_late_does_not_precede_the_phase_it_leaves(self, led):
        led.at(200).step()
        late = f.StepTaken(at=earlier(led.clock.now(), 50), phase=2)

        assert apply(led.state, late).entries[-1] == Entry(2, 200.0)


class TestTime:
    def test_it_counts_sleep(self, led):
        led.clock.sleep(1200)

        assert led.elapsed_s == 1200

    @pytest.mark.parametrize("by", [-86_400, -90, 90, 86_400])
    def test_it_ignores_changes_of_the_system_time(self, led, by):
        led.at(100).clock.set_wall(by)
        assert led.elapsed_s == 100
        led.happens(f.Marked, mark=MarkKind.WORTH_COMING_BACK_TO).at(150)
        assert led.elapsed_s == 150
        assert not led.state.guessed

    def test_after_a_reboot_it_continues_by_wall_time_and_reports_that(self, led):
        led.at(100).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
        led.clock.reboot(75)
        assert led.elapsed_s == 175
        led.happens(f.AppAway, seconds=75)
        assert led.state.guessed
        assert led.state.away == (Span(100, 175),)
        led.clock.set_wall(-500)
        assert led.elapsed_s == 175

    def test_an_estimated_time_can_be_corrected(self, led):
        led.at(100).clock.reboot(75)
        led.happens(f.AppAway, seconds=75).happens(f.BeganEarlier, seconds=-10)

        assert not led.state.guessed
        assert led.elapsed_s == 165

    def test_it_never_runs_backwards_even_if_the_time_was_set_back_across_a_reboot(self, led):
        led.at(100).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
        led.clock.set_wall(-3600)
        led.clock.reboot(60)
        assert led.elapsed_s == 100
        led.happens(f.AppAway, seconds=0)
        led.clock.advance(5)
        assert led.elapsed_s == 105

    def test_a_fact_reported_late_is_placed_where_it_happened_and_moves_no_clock(self, led):
        led.at(100).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
        late = f.RecordingStarted(at=earlier(led.clock.now(), 3), recording=R, part=1)
        state = apply(led.state, late)

        assert state.recording.parts == (RecordedPart(1, Span(97)),)
        assert elapsed_s(state, led.clock.now()) == 100

    def test_a_fact_reported_too_late_is_placed_at_the_start(self, led):
        early = f.Marked(at=earlier(led.clock.now(), 30), mark=MarkKind.NAME_TO_REMOVE)

        assert apply(led.state, early).moments == (Moment(0.0, MarkKind.NAME_TO_REMOVE),)


class TestBeganEarlier:
    def test_every_time_of_the_session_moves_and_the_marks_stay(self, led):
        recorded(led.at(10))
        led.at(20).happens(f.RecordingPaused).at(30).happens(f.RecordingResumed)
        led.at(40).happens(f.Redacted, seconds=5).happens(f.Marked, mark=MarkKind.NAME_TO_REMOVE)
        led.at(50).happens(f.RecordingLost, seconds=2, why="recorder-died").happens(f.AppAway, seconds=1)
        led.at(60).step().happens(f.BeganEarlier, seconds=240)

        state = led.state
        assert led.elapsed_s == 300
        assert state.entries == (Entry(0, 0.0), Entry(1, 300.0))
        assert state.moments == (Moment(280, MarkKind.NAME_TO_REMOVE),)
        assert state.away == (Span(289, 290),)
        assert state.recording.parts == (RecordedPart(1, Span(250, 288)),)
        assert state.recording.off_record == (Span(260, 270),)
        assert state.recording.redacted == (Span(275, 280),)
        assert state.recording.lost == (Span(288),)
        assert led.marks == [45 * M, 60 * M]

    def test_the_end_moves_too_if_it_was_already_reached(self, led):
        led.at(3000).happens(f.Ended).happens(f.BeganEarlier, seconds=60)

        assert led.state.ended_s == 3060

    def test_a_group_that_began_later_gets_time_back_but_no_more_than_passed(self, led):
        led.at(120).step().happens(f.BeganEarlier, seconds=-60)
        assert led.elapsed_s == 60
        assert led.state.entries[-1] == Entry(1, 60.0)
        with pytest.raises(NotNow, match="after this moment"):
            led.happens(f.BeganEarlier, seconds=-61)


class TestPeople:
    def test_attendance_is_remembered_after_someone_leaves(self, hour):
        led = Led(hour).begin(P1, P2)
        led.happens(f.Arrived, code=P3).happens(f.Left, code=P1)

        assert led.state.present == {P2, P3}
        assert led.state.attended == {P1, P2, P3}

    def test_an_observers_answer_counts_while_they_are_here_and_a_refusal_is_remembered(self, led):
        led.happens(f.ObserverArrived, agreed=False)
        assert (led.state.observer_here, led.state.observers_agree) == (True, False)
        led.happens(f.ObserverArrived, agreed=True)
        assert led.state.observers_agree
        led.happens(f.ObserverArrived, agreed=False).happens(f.ObserverLeft)

        assert (led.state.observer_here, led.state.observers_agree, led.state.observer_refused) == (False, True, True)

    def test_an_observer_who_is_absent_cannot_leave(self, led):
        with pytest.raises(NotNow, match="observer"):
            led.happens(f.ObserverLeft)

    def test_a_member_who_is_absent_cannot_leave(self, led):
        with pytest.raises(NotNow, match="P1"):
            led.happens(f.Left, code=P1)

    def test_the_presenter_can_be_chosen_corrected_and_undone_even_after_the_end(self, led):
        led.happens(f.PresenterChosen, case=1, code=P1)
        assert led.state.presenters == {1: P1}
        led.happens(f.Ended).happens(f.PresenterChosen, case=1, code=P2)
        assert led.state.presenters == {1: P2}
        led.happens(f.PresenterChosen, case=1, code=None).happens(f.PresenterChosen, case=1, code=None)
        assert led.state.presenters == {}

    def test_a_case_needs_room_in_the_format(self, led):
        for case in (0, 2):
            with pytest.raises(NotNow, match="no case"):
                led.happens(f.PresenterChosen, case=case, code=P1)
        two = Led(shipped("two-cases")).begin()
        two.happens(f.PresenterChosen, case=2, code=P1)
        assert two.state.presenters == {2: P1}


class TestRecording:
    def test_it_is_off_recording_paused_lost_or_stopped_according_to_the_facts(self, led):
        seen = [led.state.recording.state]
        steps = (
            (f.RecordingStarted, {"recording": R, "part": 1}),
            (f.RecordingPaused, {}),
            (f.RecordingResumed, {}),
            (f.RecordingLost, {"seconds": 1.5, "why": "microphone-gone"}),
            (f.RecordingStarted, {"recording": R, "part": 2}),
            (f.RecordingStopped, {}),
            (f.RecordingStarted, {"recording": R, "part": 3}),
        )
        for kind, one in steps:
            led.clock.advance(10)
            seen.append(led.happens(kind, **one).state.recording.state)

        S = RecordingState  # noqa: N806
        assert seen == [S.OFF, S.RECORDING, S.PAUSED, S.RECORDING, S.LOST, S.RECORDING, S.STOPPED, S.RECORDING]
        view = led.state.recording
        assert view.parts == (
            RecordedPart(1, Span(10, 38.5)),
            RecordedPart(2, Span(50, 60)),
            RecordedPart(3, Span(70)),
        )
        assert view.off_record == (Span(20, 30),)
        assert view.lost == (Span(38.5, 50),)
        assert view.id == R

    @pytest.mark.parametrize(
        ("before", "refused"),
        [
            ([], [f.RecordingPaused, f.RecordingResumed, f.RecordingStopped]),
            ([f.RecordingPaused], [f.RecordingPaused]),
            ([f.RecordingStopped], [f.RecordingPaused, f.RecordingResumed, f.RecordingStopped]),
        ],
    )
    def test_an_impossible_next_fact_is_refused(self, led, before, refused):
        if before:
            recorded(led)
        for kind in before:
            led.happens(kind)
        for kind in refused:
            with pytest.raises(NotNow, match="the recording is"):
                led.happens(kind)
        if not before:
            for kind, one in ((f.Redacted, {"seconds": 60.0}), (f.RecordingLost, {"seconds": 1.0, "why": "x"})):
                with pytest.raises(NotNow, match="the recording is off"):
                    led.happens(kind, **one)

    def test_recording_does_not_start_twice(self, led):
        recorded(led)
        with pytest.raises(NotNow, match="recording is recording"):
            recorded(led)

    def test_a_pause_that_was_lost_with_the_microphone_ends_with_it(self, led):
        recorded(led).at(60).happens(f.RecordingPaused).at(70)
        led.happens(f.RecordingLost, seconds=20, why="recorder-died")

        assert led.state.recording.off_record == (Span(60, 60),)
        assert led.state.recording.parts[0].span == Span(0, 50)

    def test_stopping_ends_a_pause_and_a_loss(self, led):
        recorded(led).at(10).happens(f.RecordingPaused).at(20).happens(f.RecordingStopped)
        assert led.state.recording.off_record == (Span(10, 20),)
        led.at(30).happens(f.RecordingStarted, recording=R, part=2).at(40)
        led.happens(f.RecordingLost, seconds=0, why="x").at(50).happens(f.RecordingStopped)
        assert led.state.recording.lost == (Span(40, 50),)

    def test_the_last_minute_is_redacted_but_nothing_before_the_start(self, led):
        recorded(led).at(20).happens(f.Redacted, seconds=60).at(100).happens(f.Redacted, seconds=60)

        assert led.state.recording.redacted == (Span(0, 20), Span(40, 100))

    def test_ending_the_session_does_not_stop_the_recording(self, led):
        recorded(led).at(60 * M).happens(f.Ended)

        assert led.state.recording.state is RecordingState.RECORDING


def test_a_new_session_has_the_formats_marks(hour):
    assert [(m.at_s, m.name, m.is_end) for m in new_session(hour).marks] == [
        (2700, "the presenter returns", False),
        (3600, "", True),
    ]


def test_a_part_says_whether_the_call_was_recorded_with_the_microphone(hour):
    led = recorded(Led(hour).begin())
    led.happens(f.ComputerRecorded, recording=R, part=1)

    assert [(part.part, part.has_computer) for part in led.state.recording.parts] == [(1, True)]
