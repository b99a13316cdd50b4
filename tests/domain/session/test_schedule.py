"""The figures the room shows: each follows from the facts and the time alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sessions import Led, M, shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session import schedule


def now(led):
    return led.clock.now()


def track(led):
    """Return the whole track in minutes."""
    return [(p.phase, p.from_s / M, p.until_s / M) for p in schedule.plan(led.state, now(led))]


class TestCountdown:
    @pytest.mark.parametrize(
        ("at_s", "minutes", "over"),
        [
            (0, 45, False),
            (1, 45, False),
            (60, 44, False),
            (44 * M, 1, False),
            (45 * M - 0.01, 1, False),
            (45 * M - 0.0001, 1, False),
            (45 * M, 0, True),
            (46 * M - 1, 0, True),
            (46 * M, 1, True),
        ],
    )
    def test_it_counts_whole_minutes_to_the_mark_and_past_it(self, led, at_s, minutes, over):
        led.at(at_s)

        assert (led.countdown.minutes, led.countdown.over) == (minutes, over)
        assert led.countdown.mark.name == "the presenter returns"

    def test_a_millionth_of_a_second_adds_no_minute(self, led):
        led.at(30 * M - 1e-7)

        assert led.countdown.minutes == 15

    def test_after_the_return_it_counts_to_the_end(self, led):
        led.to("return")

        assert (led.countdown.minutes, led.countdown.mark.is_end) == (15, True)


class TestPlan:
    def test_a_new_session_follows_its_format(self, hour):
        led = Led(hour)

        assert track(led) == [(i, p.from_s / M, p.until_s / M) for i, p in enumerate(hour.phases)]

    def test_when_early_phases_overrun_the_reflection_shrinks_and_the_return_is_fixed(self, led):
        led.at(5 * M).step().at(9 * M).step()

        assert track(led) == [
            (0, 0, 5),
            (1, 5, 9),
            (2, 9, 16),
            (3, 16, 21),
            (4, 21, 45),
            (5, 45, 55),
            (6, 55, 60),
        ]

    def test_when_they_end_early_the_reflection_grows(self, led):
        led.to("questions").at(14 * M).step()

        assert track(led)[4:] == [(4, 14, 45), (5, 45, 55), (6, 55, 60)]

    def test_a_phase_that_overruns_lasts_until_now_and_the_next_begins_now(self, led):
        led.at(4 * M)

        assert track(led)[:2] == [(0, 0, 4), (1, 4, 6)]
        assert schedule.phase_end_s(led.state) == 3 * M
        assert schedule.over_s(led.state, now(led)) == 60

    def test_past_a_mark_skipped_phases_have_no_length(self, led):
        led.to("presentation").at(46 * M)

        assert track(led)[2:] == [(2, 5, 46), (3, 46, 46), (4, 46, 46), (5, 46, 56), (6, 56, 60)]

    def test_past_the_end_the_last_phase_lasts_until_now(self, led):
        led.to("close").at(63 * M)

        assert track(led)[-1] == (6, 55, 63)

    def test_after_the_end_nothing_more_is_planned(self, led):
        led.to("reflection").at(40 * M).happens(f.Ended)
        led.clock.advance(600)

        assert track(led)[4:] == [(4, 17, 40), (5, 40, 40), (6, 40, 40)]

    def test_a_minute_more_moves_the_end_of_the_phase_but_never_past_the_mark(self, led):
        led.happens(f.PhaseAdjusted, seconds=60)
        assert track(led)[:2] == [(0, 0, 4), (1, 4, 6)]
        led.to("reflection").happens(f.PhaseAdjusted, seconds=60)
        assert track(led)[4:6] == [(4, 17, 45), (5, 45, 55)]

    def test_a_minute_less_moves_it_back_but_never_before_its_beginning(self, led):
        led.to("reflection").happens(f.PhaseAdjusted, seconds=-60)
        assert schedule.phase_end_s(led.state) == 44 * M
        led.happens(f.PhaseAdjusted, seconds=-3600)
        assert schedule.phase_end_s(led.state) == 17 * M
        assert led.marks == [45 * M, 60 * M]

    def test_minutes_add_up(self, led):
        led.to("presentation").happens(f.PhaseAdjusted, seconds=60).happens(f.PhaseAdjusted, seconds=60)

        assert schedule.phase_end_s(led.state) == 14 * M

    def test_minutes_for_which_there_was_no_room_need_not_be_removed(self, led):
        led.to("reflection")
        for _ in range(5):
            led.happens(f.PhaseAdjusted, seconds=60)
        led.happens(f.PhaseAdjusted, seconds=-60)
        assert schedule.phase_end_s(led.state) == 44 * M
        led.happens(f.PhaseAdjusted, seconds=-3600).happens(f.PhaseAdjusted, seconds=60)
        assert schedule.phase_end_s(led.state) == 18 * M

    def test_a_phase_entered_past_its_mark_has_no_minutes_to_remove(self, led):
        led.to("questions").at(46 * M).step().happens(f.PhaseAdjusted, seconds=60)

        assert schedule.phase_end_s(led.state) == 46 * M


class TestNextStep:
    def test_the_step_is_near_two_minutes_before_its_time(self, led):
        led.to("presentation")
        assert schedule.next_step(led.state, now(led)) == schedule.Step(3, 12 * M, is_near=False)
        led.at(10 * M)
        assert schedule.next_step(led.state, now(led)) == schedule.Step(3, 12 * M, is_near=True)

    def test_from_the_last_phase_the_step_leads_to_the_end(self, led):
        led.to("close")

        assert schedule.next_step(led.state, now(led)) == schedule.Step(None, 60 * M, is_near=False)


class TestNotes:
    def test_the_presenter_still_in_the_circle_at_twenty_is_noted(self, led):
        led.to("questions").at(20 * M - 1)
        assert not schedule.presenter_still_in(led.state, now(led))
        led.at(20 * M)
        assert schedule.presenter_still_in(led.state, now(led))
        led.step()
        assert not schedule.presenter_still_in(led.state, now(led))
        assert schedule.presenter_out(led.state)

    def test_the_note_moves_with_the_mark_it_is_about(self, led):
        led.to("questions").happens(f.Extended, seconds=300).at(20 * M)
        assert not schedule.presenter_still_in(led.state, now(led))
        led.at(25 * M)
        assert schedule.presenter_still_in(led.state, now(led))

    def test_a_format_without_the_note_or_without_sitting_out_has_none(self, hour):
        stay = tuple(replace(phase, presenter_out=False) for phase in hour.phases)
        for changed in (replace(hour, note_presenter_in_s=None), replace(hour, phases=stay)):
            led = Led(changed).begin().at(50 * M)
            assert not schedule.presenter_still_in(led.state, now(led))
        evaluation = Led(shipped("evaluation")).begin()
        assert not schedule.presenter_out(evaluation.state)

    def test_a_recording_counts_as_forgotten_half_an_hour_past_the_end(self, led):
        led.to("close").at(90 * M - 1)
        assert not schedule.is_forgotten(led.state, now(led))
        led.at(90 * M)
        assert schedule.is_forgotten(led.state, now(led))

    def test_a_session_that_ended_late_allows_half_an_hour_from_its_end(self, led):
        led.to("close").at(70 * M).happens(f.Ended).at(95 * M)
        assert not schedule.is_forgotten(led.state, now(led))
        led.at(100 * M)
        assert schedule.is_forgotten(led.state, now(led))

    def test_a_session_that_ended_early_allows_until_half_an_hour_past_the_mark(self, led):
        led.at(40 * M).happens(f.Ended).at(89 * M)

        assert not schedule.is_forgotten(led.state, now(led))


def test_the_wall_time_of_a_mark_follows_the_current_wall_clock(led):
    began = now(led).wall
    led.at(600)
    assert schedule.wall_time(led.state, 45 * M, now(led)) == began + 45 * M
    led.clock.set_wall(3600)
    assert schedule.wall_time(led.state, 45 * M, now(led)) == began + 45 * M + 3600


def test_a_phase_in_time_has_not_overrun(led):
    assert schedule.over_s(led.state, now(led)) == 0.0
