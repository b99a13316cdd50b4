"""Mixing two sources whose clocks differ, over injected blocks."""

from __future__ import annotations

import heapq
import random
from collections import deque
from dataclasses import dataclass

import numpy as np
import pytest

from balint_desktop.capture.mixer import Mixer
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.ogg.packet import RATE_HZ

LATENCY_S = 0.1
QUIET = bytes(BLOCK_FRAMES * 2)
# A pulse of a millisecond or two, whose peak no interpolation moves. The room's point up, the call's down.
PULSE = np.exp(-((np.arange(-96, 97) / 30.0) ** 2)) * 0.4 * 32767
UP, DOWN = 1, -1


class Source:
    """A source whose clock is fast by `ppm`, in which pulses are heard at given times, and which is heard between two.

    Its blocks arrive when they were heard, `latency_s` later, and up to `late_s` late.
    """

    def __init__(self, sign, at_s, *, ppm=0.0, from_s=0.0, until_s=1e9, late_s=0.03):
        self._sign, self._rate_hz = sign, RATE_HZ * (1 + ppm / 1e6)
        self._from_s, self._until_s, self._late_s = from_s, until_s, late_s
        self._pulses = deque(at_s)
        self._chance = random.Random(str(sign))
        self._frames = 0
        self._rest = np.zeros(BLOCK_FRAMES + 400)

    def blocks(self):
        """Yield its blocks in the order of their arrival."""
        while self._from_s + self._frames / self._rate_hz < self._until_s:
            sound = self._next()
            heard_s = self._from_s + self._frames / self._rate_hz
            yield Block(sound, heard_s + LATENCY_S + self._chance.uniform(0, self._late_s))

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
