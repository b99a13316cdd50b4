"""Mixing two sources whose clocks differ, over injected blocks."""

from __future__ import annotations

import heapq
import random
from collections import deque
from dataclasses import dataclass

import numpy as np
import pytest

from balint_desktop.capture.mixer import HOLD_S, Mixer, add_sound
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.ogg.packet import RATE_HZ

LATENCY_S = 0.1
BUSY_S = 3.0
QUIET = bytes(BLOCK_FRAMES * 2)
# A pulse of a millisecond or two, whose peak no interpolation moves. The room's point up, the call's down.
PULSE = np.exp(-((np.arange(-96, 97) / 30.0) ** 2)) * 0.4 * 32767
UP, DOWN = 1, -1


class Source:
    """A source whose clock is fast by `ppm`, in which pulses are heard at given times, and which is heard between two.

    Its blocks arrive as a sound server was seen to deliver them: up to a tenth of a second late, more and more for a
    minute and then on time again; their age is measured to some ms, but for one in twenty, which is far off, and for
    all of its first seconds, which a busy computer measures wrongly by as much.
    """

    def __init__(self, sign, at_s, *, ppm=0.0, from_s=0.0, until_s=1e9, wrong_at_first_s=0.0):
        self._sign, self._rate_hz = sign, RATE_HZ * (1 + ppm / 1e6)
        self._from_s, self._until_s = from_s, until_s
        self._pulses = deque(at_s)
        self._wrong_at_first_s = wrong_at_first_s
        self._chance = random.Random(str(sign))
        self._frames = 0
        self._rest = np.zeros(BLOCK_FRAMES + 400)

    def blocks(self):
        """Yield its blocks in the order of their arrival."""
        while self._from_s + self._frames / self._rate_hz < self._until_s:
            sound = self._next()
            heard_s = self._from_s + self._frames / self._rate_hz
            age_s = 0.05 + (heard_s * self._sign / 600) % 0.1
            wrong_s = 0.05 if self._chance.random() < 0.05 else self._chance.uniform(-0.003, 0.003)
            busy_s = self._wrong_at_first_s if heard_s - self._from_s < BUSY_S else 0.0
            yield Block(sound, heard_s + age_s, age_s + wrong_s + busy_s)

    def _next(self):
        from_frame, self._frames = self._frames, self._frames + BLOCK_FRAMES
        while self._pulses and (frame := (self._pulses[0] - self._from_s) * self._rate_hz) < self._frames:
            self._pulses.popleft()
            at = round(frame) - from_frame
            self._rest[at : at + len(PULSE)] += self._sign * PULSE
        if not self._rest.any():
            return QUIET
        sound, self._rest = self._rest[:BLOCK_FRAMES], np.append(self._rest[BLOCK_FRAMES:], np.zeros(BLOCK_FRAMES))
        return sound.astype("<i2").tobytes()


@dataclass
class Room:
    """Both sources led through a mixer, with the pulses of what was mixed."""

    mixer: Mixer
    seconds: float = 0.0

    def __post_init__(self):
        self.pulses = {UP: [], DOWN: []}
        self.mixed = []

    def lead(self, microphone, computer, until_s):
        """Deliver the blocks of both in the order of their arrival, until one would arrive after that."""
        for block, add in heapq.merge(
            ((block, self.mixer.add_microphone) for block in microphone.blocks()),
            ((block, self.mixer.add_computer) for block in computer.blocks()),
            key=lambda one: one[0].arrived_s,
        ):
            if block.arrived_s > until_s:
                break
            add(block, LATENCY_S)
            self.take(self.mixer.mix(block.arrived_s))
        return self

    def take(self, mixed):
        for one in mixed:
            self.mixed.append((one.microphone_db, one.computer_db, one.block.arrived_s))
            if one.block.sound != QUIET:
                sound = np.frombuffer(one.block.sound, "<i2").astype(float) / 32767
                for sign, found in self.pulses.items():
                    at = int(np.argmax(sound * sign))
                    # A pulse that is cut by the edge of a block is seen in the other block as well.
                    if sound[at] * sign > 0.3:
                        at_s = self.seconds + at / RATE_HZ
                        if not found or at_s - found[-1] > 0.1:
                            found.append(at_s)
            self.seconds += one.block.frames / RATE_HZ


def every_10_s(from_s, until_s):
    return [from_s + 10.0 * n for n in range(int((until_s - from_s) / 10.0))]


def apart_s(room):
    """Return how far the call's pulses are from where they belong, five seconds after the room's."""
    count = min(len(room.pulses[UP]), len(room.pulses[DOWN]))
    return np.array(room.pulses[DOWN][:count]) - np.array(room.pulses[UP][:count]) - 5.0


@pytest.mark.parametrize(("fast", "seconds"), [("the computer", 3600), ("the microphone", 600)])
def test_with_one_clock_a_hundred_ppm_fast_both_stay_together_within_five_milliseconds(fast, seconds):
    microphone = Source(UP, every_10_s(20.03, seconds), ppm=100.0 if fast == "the microphone" else 0.0)
    computer = Source(DOWN, every_10_s(25.03, seconds), ppm=100.0 if fast == "the computer" else 0.0, from_s=0.037)
    room = Room(Mixer()).lead(microphone, computer, seconds)

    assert len(apart_s(room)) >= seconds // 10 - 4
    assert np.abs(apart_s(room)).max() < 0.005


@pytest.mark.parametrize("wrong_s", [-0.035, 0.035, 0.2])
def test_what_a_busy_computer_measured_wrongly_at_first_is_made_up_for_within_twenty_seconds(wrong_s):
    """For as long as all measurements are wrong alike nothing can tell; the middle one is right after six seconds."""
    microphone, computer = (
        Source(UP, every_10_s(20.03, 80)),
        Source(DOWN, every_10_s(25.03, 80), wrong_at_first_s=wrong_s),
    )
    room = Room(Mixer()).lead(microphone, computer, 80)

    assert len(apart_s(room)) >= 4
    assert np.abs(apart_s(room)).max() < 0.005


def test_two_clocks_that_are_not_corrected_would_be_far_apart(monkeypatch):
    """What the tests above would see without the correction, but for jumps."""
    monkeypatch.setattr("balint_desktop.capture.mixer.reading_step", lambda _error_s, **_: 1.0)
    room = Room(Mixer()).lead(Source(UP, every_10_s(20.03, 300)), Source(DOWN, every_10_s(25.03, 300), ppm=100.0), 300)

    assert np.abs(apart_s(room)).max() > 0.02


# --- either source lost, over blocks that arrive at once ---


def heard_block(sign, number, *, begin_s=0.0, size=0.25):
    """Return the block of a source that was heard in a tenth of a second, a constant."""
    sound = np.full(BLOCK_FRAMES, round(sign * size * 32767), "<i2").tobytes()
    return Block(sound, begin_s + (number + 1) * 0.1, 0.0)


def values(mixed):
    """Return what was mixed, rounded to hundredths, one value for each ten ms of it."""
    sound = np.frombuffer(b"".join(one.block.sound for one in mixed), "<i2") / 32767
    return [round(float(value), 2) for value in sound[240 :: RATE_HZ // 100]]


class Both:
    """A mixer that both sources were delivered to for a second."""

    def __init__(self):
        self.mixer = Mixer()
        self.mixed = []
        self.number = 0
        self.deliver(10)

    def deliver(self, count, *, microphone=True, computer=True, begin_s=0.0):
        """Deliver so many blocks of the sources that are there."""
        for _ in range(count):
            if microphone:
                self.mixer.add_microphone(heard_block(UP, self.number, begin_s=begin_s), 0.0)
            if computer:
                self.mixer.add_computer(heard_block(DOWN, self.number, size=0.5), 0.0)
            self.number += 1
            self.mixed += self.mixer.mix(self.number * 0.1)

    @property
    def seconds(self):
        return sum(one.block.frames for one in self.mixed) / RATE_HZ


def test_both_are_added_and_each_has_its_own_level():
    both = Both()

    assert set(values(both.mixed)[1:]) == {-0.25}
    assert both.mixed[-1].microphone_db == pytest.approx(-12.0, abs=0.1)
    assert both.mixed[-1].computer_db == pytest.approx(-6.0, abs=0.1)


def test_without_the_computer_the_microphone_is_written_bit_for_bit_and_at_once():
    both = Both()
    both.mixer.lose_computer()
    before = len(both.mixed)
    both.deliver(5, computer=False)
    alone = both.mixed[before + 1 :]

    assert {one.block.sound for one in alone} == {heard_block(UP, 0).sound}
    assert {one.computer_db for one in alone} == {None}
    assert both.number * 0.1 - both.seconds < 0.05


def test_a_computer_that_is_late_is_waited_for_no_longer_than_allowed():
    both = Both()
    before_s = both.seconds
    both.deliver(3, computer=False)
    assert both.seconds - before_s < 0.15
    both.deliver(6, computer=False)

    assert both.number * 0.1 - both.seconds <= HOLD_S + 0.11


def test_without_the_microphone_the_computer_goes_on_in_its_place_and_nothing_is_missing_or_twice():
    both = Both()
    both.mixed += both.mixer.lose_microphone(both.number * 0.1)
    both.deliver(10, microphone=False)
    without_s = both.seconds
    both.mixer.regain_microphone()
    # It comes back between two of the computer's blocks.
    both.deliver(10, begin_s=0.03)
    both.mixed += both.mixer.mix(both.number * 0.1, ends=True)

    found = values(both.mixed)
    assert without_s == pytest.approx(2.0, abs=0.11)
    assert both.seconds == pytest.approx(3.03, abs=0.01)
    edges = [place for place in range(2, len(found)) if found[place] != found[place - 1]]
    assert [round(place / 100, 1) for place in edges[:2]] == [1.0, 2.0]
    assert {tuple(found[110:190]), tuple(found[220:290])} == {(-0.5,) * 80, (-0.25,) * 70}


def test_a_computer_that_comes_back_with_another_clock_joins_at_the_right_moment():
    both = Both()
    both.mixer.lose_computer()
    both.deliver(10, computer=False)
    for number in range(20, 30):
        sound = np.full(BLOCK_FRAMES, (number - 20) * 1000, "<i2").tobytes()
        both.mixer.add_computer(Block(sound, (number + 1) * 0.1, 0.0), 0.0)
        both.mixer.add_microphone(Block(QUIET, (number + 1) * 0.1, 0.0), 0.0)
        both.mixed += both.mixer.mix((number + 1) * 0.1)
    both.mixed += both.mixer.mix(3.0, ends=True)
    sound = np.frombuffer(b"".join(one.block.sound for one in both.mixed), "<i2")

    assert [int(value) for value in sound[round(2.05 * RATE_HZ) :: BLOCK_FRAMES]] == [n * 1000 for n in range(10)]


def test_what_is_loud_in_both_bends_below_full_scale_and_what_is_not_is_a_plain_sum():
    loud = np.full(100, 30000, "<i2").tobytes()
    quiet = np.full(100, 10000, "<i2").tobytes()
    other = np.full(100, 10000 / 32768, np.float32)

    assert set(np.frombuffer(add_sound(quiet, other), "<i2")) == {20000}
    (sum_of_loud,) = set(np.frombuffer(add_sound(loud, np.full(100, 0.9, np.float32)), "<i2"))
    assert 30000 < sum_of_loud < 32767
    assert add_sound(loud, np.zeros(100, np.float32)) == loud
