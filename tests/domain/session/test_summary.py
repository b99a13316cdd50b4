"""The row that lists a session: the same figures as its record, and whatever can still be read of a bad one."""

from __future__ import annotations

import pytest
from clocks import START_WALL
from sessions import Led, shipped

from balint_desktop import resources
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.session.summary import Summary, began_wall, by_number, summarise, until
from balint_desktop.domain.values import RecordingId, participant_code

TEXT = resources.text("formats/student-hour.toml")
P1, P2, P10 = (participant_code(number) for number in (1, 2, 10))
R = RecordingId("r")
NOTHING = Overlay()


@pytest.fixture
def led():
    return Led(shipped("student-hour")).begin(P10, P2)


def summary(led, overlay=NOTHING):
    return summarise(TEXT, led.facts, overlay)


def test_a_session_that_has_just_begun_has_no_end_no_case_and_no_recording(led):
    assert summary(led) == Summary(
        format_name=led.format.name,
        online=False,
        began_wall=START_WALL,
        planned_s=3600,
        ended_s=None,
        presenters=(),
        present=(P2, P10),
        missing_s=0,
        recorded_s=None,
    )


def test_a_prepared_session_has_not_begun():
    found = summarise(TEXT, [], NOTHING)

    assert (found.began_wall, found.present, found.recorded_s) == (None, (), None)


def test_an_online_format_makes_an_online_session():
    assert summarise(resources.text("formats/online.toml"), [], NOTHING).online is True


def test_presenters_come_by_the_number_of_their_case_and_each_counts_as_one():
    led = Led(shipped("two-cases")).begin()
    led.happens(f.PresenterChosen, case=2, code=P2).happens(f.PresenterChosen, case=1, code=P10)
    found = summarise(resources.text("formats/two-cases.toml"), led.facts, NOTHING)

    assert (found.presenters, found.cases) == ((P10, P2), 2)


def test_a_session_that_began_earlier_than_its_clock_lasted_as_much_longer(led):
    led.happens(f.BeganEarlier, seconds=240).happens(f.BeganEarlier, seconds=-60)
    led.at(3600).happens(f.Ended)
    found = summary(led)

    assert (found.began_wall, found.ended_s) == (START_WALL - 180, 3600)


def test_time_that_was_not_recorded_and_time_away_are_both_missing(led):
    led.at(10).happens(f.RecordingStarted, recording=R, part=1)
    led.at(100).happens(f.RecordingLost, seconds=2, why="recorder-died")
    led.at(130).happens(f.RecordingStarted, recording=R, part=2)
    led.at(300).happens(f.AppAway, seconds=7)

    assert summary(led).missing_s == pytest.approx((130 - 98) + 7)


def test_recorded_time_runs_from_the_first_second_of_all_parts_to_the_last(led):
    led.at(10).happens(f.RecordingStarted, recording=R, part=1)
    led.at(100).happens(f.RecordingLost, seconds=2, why="recorder-died")
    led.at(130).happens(f.RecordingStarted, recording=R, part=2)
    led.at(300).happens(f.RecordingStopped).at(400).happens(f.Ended)

    assert summary(led).recorded_s == pytest.approx(290)


def test_a_recording_without_an_end_is_counted_up_to_the_last_fact(led):
    led.at(10).happens(f.RecordingStarted, recording=R, part=1).at(70).happens(f.Arrived, code=P1)

    assert summary(led).recorded_s == pytest.approx(60)


def test_corrections_count_instead_of_the_facts(led):
    led.happens(f.PresenterChosen, case=1, code=P2).at(3000).happens(f.Ended)
    overlay = Overlay(
        {
            Field.BEGAN: 5.0,
            Field.LASTED: 3300.0,
            Field.PRESENT: (P1,),
            Field.PRESENTERS: {2: P1, 1: P10},
            Field.ONLINE: True,
        }
    )
    found = summary(led, overlay)

    assert (found.began_wall, found.ended_s, found.present) == (5.0, 3300.0, (P1,))
    assert (found.presenters, found.online) == ((P10, P1), True)


UNREADABLE = Summary("", False, START_WALL, 0.0, None, (), (), 0.0, None)  # noqa: FBT003


def test_a_session_whose_format_cannot_be_read_still_has_its_start(led):
    assert summarise("no format at all", led.facts, NOTHING) == UNREADABLE


def test_a_session_with_a_fact_that_cannot_follow_still_has_its_start(led):
    twice = [*led.facts, *led.facts]

    assert summarise(TEXT, twice, NOTHING) == UNREADABLE
    assert summarise(TEXT, twice, Overlay({Field.BEGAN: 5.0})).began_wall == 5.0


def test_a_start_is_that_of_the_first_begun_fact_and_without_one_there_is_none(led):
    assert began_wall(led.facts) == START_WALL
    assert began_wall([f.BeganEarlier(at=led.clock.now(), seconds=60)]) is None


def test_codes_are_sorted_by_their_number():
    assert by_number(frozenset({P10, P2, P1})) == (P1, P2, P10)


def test_an_open_span_ends_at_the_last_fact_and_never_before_it_began(led):
    led.at(200).step()

    assert [until(span, led.state) for span in (Span(5, 6), Span(50), Span(250))] == [6, 200, 250]


def test_what_was_missing_for_two_reasons_is_counted_once(hour):
    led = Led(hour).begin().at(60).happens(f.RecordingStarted, recording=RecordingId("r"), part=1).at(300)
    led.happens(f.AppAway, seconds=100.0).happens(f.RecordingLost, seconds=120.0, why="app-away")
    led.at(310).happens(f.RecordingStarted, recording=RecordingId("r"), part=2)

    assert summarise(resources.text("formats/student-hour.toml"), led.facts, Overlay()).missing_s == 130.0
