"""The paper's hour on a wound clock: whatever happens in any phase, 45:00 and 60:00 stay fixed."""

from __future__ import annotations

import math

import pytest
from sessions import Led, M

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.schedule import is_forgotten, plan, wall_time
from balint_desktop.domain.session.state import Span
from balint_desktop.domain.values import RecordingId

PHASES = ["framing", "call", "presentation", "questions", "reflection", "return", "close"]


def overrun(led):
    led.at(max(led.elapsed_s, led.format.phases[led.state.phase].until_s) + 150)
    return 0


def minute_more(led):
    led.happens(f.PhaseAdjusted, seconds=60)
    led.clock.advance(30)
    return 0


def minute_less(led):
    led.happens(f.PhaseAdjusted, seconds=-60)
    led.clock.advance(30)
    return 0


def recording_pause(led):
    led.happens(f.RecordingStarted, recording=RecordingId("r"), part=1)
    led.clock.advance(20)
    led.happens(f.RecordingPaused)
    led.clock.advance(45)
    led.happens(f.RecordingResumed)
    assert led.state.recording.off_record == (Span(led.elapsed_s - 45, led.elapsed_s),)
    return 0


def sleep(led):
    led.clock.sleep(115)
    led.happens(f.AppAway, seconds=115)
    return 0


def crash(led):
    before = led.state
    led.crash()
    assert led.state == before
    led.clock.advance(90)
    led.happens(f.AppAway, seconds=90)
    return 0


def reboot(led):
    led.clock.reboot(95)
    led.crash().happens(f.AppAway, seconds=95)
    assert led.state.guessed
    return 0


def clock_forward(led):
    led.clock.advance(10)
    led.clock.set_wall(3600)
    led.clock.advance(10)
    return 3600


def clock_back(led):
    led.clock.advance(10)
    led.clock.set_wall(-3600)
    led.crash()
    led.clock.advance(10)
    return -3600


def step_back(led):
    if led.state.phase < len(led.format.phases) - 1:
        led.clock.advance(20)
        led.step()
        led.clock.advance(20)
        led.happens(f.StepTakenBack)
    return 0


EVENTS = [
    overrun,
    minute_more,
    minute_less,
    recording_pause,
    sleep,
    crash,
    reboot,
    clock_forward,
    clock_back,
    step_back,
]


def check(led, began_wall):
    """Check that the marks stay on both clocks, the number is right, and the track has no hole."""
    now = led.clock.now()
    passed_s = now.wall - began_wall
    assert led.marks == [45 * M, 60 * M]
    assert led.elapsed_s == pytest.approx(passed_s)
    assert wall_time(led.state, 45 * M, now) == pytest.approx(began_wall + 45 * M)
    mark_s = 45 * M if led.state.phase < PHASES.index("return") else 60 * M
    left_s = mark_s - passed_s
    expected = (math.ceil(left_s / M), False) if left_s > 0 else (math.floor(-left_s / M), True)
    assert (led.countdown.minutes, led.countdown.over) == expected
    track = plan(led.state, now)
    assert track[0].from_s == 0
    assert [a.until_s for a in track[:-1]] == [b.from_s for b in track[1:]]
    assert track[-1].until_s == pytest.approx(max(60 * M, led.elapsed_s))


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("event", EVENTS)
def test_the_marks_are_fixed_and_the_countdown_is_right(hour, phase, event):
    led = Led(hour).begin().to(phase)
    led.clock.advance(31)
    began_wall = led.clock.now().wall - led.elapsed_s

    began_wall += event(led)

    check(led, began_wall)
    while led.state.phase < len(PHASES) - 1:
        led.at(max(led.elapsed_s, led.format.phases[led.state.phase].until_s)).step()
        check(led, began_wall)
    led.at(max(led.elapsed_s, 60 * M)).happens(f.Ended)
    assert led.state.ended_s == pytest.approx(led.elapsed_s)
    led.crash()
    check(led, began_wall)


def test_everything_at_once_moves_no_mark(hour):
    led = Led(hour).begin()
    began_wall = led.clock.now().wall
    for phase in PHASES:
        led.to(phase)
        for event in EVENTS:
            if event is not recording_pause:
                began_wall += event(led)
                check(led, began_wall)
    assert not is_forgotten(led.state, led.clock.now())
