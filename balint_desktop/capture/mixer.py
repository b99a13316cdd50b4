"""Mix what a computer plays into a microphone's blocks, each sound at the moment at which it was heard. No I/O."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from balint_desktop.capture.level import SILENT_DB
from balint_desktop.capture.source import BLOCK_FRAMES, FRAME_BYTES, Block
from balint_desktop.capture.source_clock import JUMP_S, LARGEST_SETTLING, SETTLING_S, SourceClock, reading_step
from balint_desktop.ogg.packet import RATE_HZ

Samples = npt.NDArray[np.float32]

HOLD_S = 0.4
"""How long a microphone's block waits for the computer's sound of the same moment."""
_FULL = 32768.0
# Both at once may exceed full scale. Below the knee the sum is left as it is, above it bends towards full scale. That
# depends on each sample alone: no voice is turned down by another, as a limiter would, or for good, as -6 dB would.
_KNEE = 0.7
# The samples that a cubic takes from both sides of a position.
_BEFORE, _AFTER = 1, 3


@dataclass(frozen=True, slots=True)
class MixedBlock:
    """A block to write, and the levels of its sources in dB of full scale; None for a source that is lost."""

    block: Block
    microphone_db: float | None
    computer_db: float | None


class SourceReader:
    """The sound of a source, read at any position between its samples."""

    def __init__(self) -> None:
        self.clock = SourceClock()
        self.position: float | None = None
        self._first = 0
        self._sound: Samples = np.zeros(0, np.float32)

    def add(self, block: Block, latency_s: float) -> None:
        """Append a block."""
        self.clock.add(block, latency_s)
        self._sound = np.concatenate((self._sound, to_samples(block.sound)))

    def has(self, from_s: float, frames: int) -> bool:
        """Return whether the sound heard from a time on has arrived for this many frames."""
        start = self.clock.frame_at(from_s) if self.position is None else self.position
        return start + frames * (1 + LARGEST_SETTLING) + _AFTER < self.clock.frames

    def read(self, from_s: float, frames: int) -> Samples:
        """Return the sound heard from a time on; silence where there is none."""
        wanted = self.clock.frame_at(from_s)
        if self.position is None or abs(wanted - self.position) > JUMP_S * RATE_HZ:
            self.position = wanted
        settling = self.clock.frames < SETTLING_S * RATE_HZ
        return self._read(reading_step((wanted - self.position) / RATE_HZ, settling=settling), frames)

    def read_on(self, most: int, *, whole: bool = False) -> Samples:
        """Return at most so many frames that follow what was read last, at the source's own pace; all or none."""
        ready = int(self.clock.frames - _AFTER - (self.position or 0.0))
        return self._read(1.0, 0 if whole and ready < most else max(0, min(most, ready)))

    def _read(self, step: float, frames: int) -> Samples:
        start = self.position or 0.0
        places = start - self._first + step * np.arange(frames, dtype=np.float64)
        sound = _interpolate(self._sound, places)
        self.position = start + step * frames
        passed = min(len(self._sound), max(0, int(self.position) - _BEFORE - self._first))
        self._first += passed
        self._sound = self._sound[passed:]
        return sound


class Mixer:
    """Mixes two sources whose clocks differ. The microphone's is the master; without it, the computer's.

    Times are those of the clock that counts through sleep. The computer's sound is read a little faster or slower, so
    that what was heard at the same moment stays together, however long it lasts.
    """

    def __init__(self) -> None:
        self._held: deque[tuple[Block, int]] = deque()
        self._microphone = SourceClock()
        self._latency_s = 0.0
        self._computer: SourceReader | None = None
        self._until_s: float | None = None
        self._is_lost = False
        self._is_alone = False

    @property
    def has_computer(self) -> bool:
        """Return whether the computer's sound arrives."""
        return self._computer is not None

    def add_microphone(self, block: Block, latency_s: float) -> None:
        """Add a block of the microphone, heard `latency_s` before it arrived unless it says itself when."""
        self._latency_s = latency_s
        self._held.append((block, self._microphone.frames))
        self._microphone.add(block, latency_s)

    def add_computer(self, block: Block, latency_s: float) -> None:
        """Add a block of the computer's sound."""
        if self._computer is None:
            self._computer = SourceReader()
        self._computer.add(block, latency_s)

    def lose_computer(self) -> None:
        """Go on without the computer's sound. When it comes back it is a stream of its own."""
        self._computer = None

    def lose_microphone(self, now_s: float) -> list[MixedBlock]:
        """Go on without the microphone, and return what it had delivered."""
        self._is_lost = True
        mixed = self.mix(now_s)
        self._microphone = SourceClock()
        return mixed

    def regain_microphone(self) -> None:
        """Take the microphone as the master again: its next block is the first of a stream of its own."""
        self._is_lost = False

    def mix(self, now_s: float, *, ends: bool = False) -> list[MixedBlock]:
        """Return what is ready to be written, in order; all there is where the recording ends."""
        mixed: list[MixedBlock] = []
        while self._held and (ends or self._is_lost or self._is_ready(now_s)):
            mixed += self._with_microphone(*self._held.popleft())
        if self._is_lost:
            mixed += self._without_microphone(ends=ends)
        return mixed

    def _is_ready(self, now_s: float) -> bool:
        block, frame = self._held[0]
        if self._computer is None or now_s - block.arrived_s >= HOLD_S:
            return True
        return self._computer.has(self._microphone.heard_s(frame), block.frames)

    def _with_microphone(self, block: Block, frame: int) -> list[MixedBlock]:
        from_s = self._microphone.heard_s(frame)
        mixed: list[MixedBlock] = []
        if self._is_alone and self._until_s is not None:
            mixed = self._fill(self._until_s, from_s, block)
            cut = min(block.frames, max(0, round((self._until_s - from_s) * RATE_HZ)))
            block, from_s = Block(block.sound[cut * FRAME_BYTES :], block.arrived_s), from_s + cut / RATE_HZ
        if block.frames:
            mixed.append(self._both(block, from_s))
            self._is_alone = False
            self._until_s = from_s + block.frames / RATE_HZ
        return mixed

    def _fill(self, until_s: float, from_s: float, block: Block) -> list[MixedBlock]:
        """Return the computer's sound between the last that was written alone and the microphone's first block."""
        missing = round((from_s - until_s) * RATE_HZ)
        if self._computer is None or missing <= 0:
            return []
        sound = self._computer.read_on(missing)
        between = Block(_bytes(sound), block.arrived_s - block.frames / RATE_HZ)
        return [MixedBlock(between, None, level_db(sound))] if len(sound) else []

    def _both(self, block: Block, from_s: float) -> MixedBlock:
        if self._computer is None:
            return MixedBlock(block, level_db(to_samples(block.sound)), None)
        played = self._computer.read(from_s, block.frames)
        mixed = Block(add_sound(block.sound, played), block.arrived_s)
        return MixedBlock(mixed, level_db(to_samples(block.sound)), level_db(played))

    def _without_microphone(self, *, ends: bool) -> list[MixedBlock]:
        """Return the computer's sound alone, in whole blocks but for the last."""
        reader, mixed = self._computer, []
        if reader is None or not reader.clock.frames:
            return []
        if reader.position is None:
            reader.position = 0.0 if self._until_s is None else max(0.0, reader.clock.frame_at(self._until_s))
        while len(sound := reader.read_on(BLOCK_FRAMES, whole=not ends)):
            self._is_alone, self._until_s = True, reader.clock.heard_s(reader.position)
            alone = Block(_bytes(sound), self._until_s + self._latency_s)
            mixed.append(MixedBlock(alone, None, level_db(sound)))
        return mixed


def level_db(sound: Samples) -> float:
    """Return the RMS level of sound in dB of full scale, SILENT_DB for digital silence."""
    power = float(np.dot(sound, sound)) / max(1, len(sound))
    return 10 * math.log10(power) if power > 0 else SILENT_DB


def add_sound(sound: bytes, other: Samples) -> bytes:
    """Return the sum of two sounds as int16, bent below full scale where both are loud."""
    if not other.any():
        return sound
    total = to_samples(sound) + other
    size = np.abs(total)
    if size.max() <= _KNEE:
        return _bytes(total)
    bent = _KNEE + (1 - _KNEE) * np.tanh((size - _KNEE) / (1 - _KNEE))
    return _bytes(np.where(size > _KNEE, np.copysign(bent, total), total))


def _interpolate(sound: Samples, at: npt.NDArray[np.floating[Any]]) -> Samples:
    """Return a sound between its samples, by the cubic through four of them (Catmull-Rom); silence outside."""
    if not len(at):
        return np.zeros(0, np.float32)
    whole = np.floor(at).astype(np.int64)
    share = (at - whole).astype(np.float32)
    first, last = int(whole[0]) - _BEFORE, int(whole[-1]) + _AFTER
    near = np.zeros(last - first, np.float32)
    from_, until = max(first, 0), min(last, len(sound))
    if from_ < until:
        near[from_ - first : until - first] = sound[from_:until]
    place = whole - first
    before, here, after, beyond = (near[place + step] for step in (-1, 0, 1, 2))
    slope, bend = (after - before) / 2, before - 2.5 * here + 2 * after - beyond / 2
    turn = 1.5 * (here - after) + (beyond - before) / 2
    between: Samples = here + share * (slope + share * (bend + share * turn))
    return between


def to_samples(sound: bytes) -> Samples:
    """Return int16 sound between -1 and 1."""
    return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(_FULL)


def _bytes(sound: Samples) -> bytes:
    return np.clip(np.round(sound * _FULL), -_FULL, _FULL - 1).astype("<i2").tobytes()
