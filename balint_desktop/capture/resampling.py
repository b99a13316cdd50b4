"""How sound of any sample rate becomes 48 kHz: a windowed sinc, in whole numbers, without a library.

Python alone would take hours for an hour of sound. So the samples that meet the same tap of the filter are packed
into one large whole number, 64 bits apart, which Python multiplies by that tap at the speed of C. The result is exact.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import lru_cache

RATE_HZ = 48_000
_TAPS = 48
"""Taps of the filter at each output sample; more where the rate goes down."""
_PASS = 0.92
"""How much of what both rates can hold passes: with 48 taps, the rest is the filter's slope."""
_KAISER = 7.0
"""The window's shape: what lies beyond the slope is 70 dB down."""
_MOST_PHASES = 8_000
_FRAMES_AT_ONCE = 16_384
_SLOT_BYTES = 8
_SHIFT = 24
_MIDDLE = 1 << 62
_LEAST, _MOST = -32_768, 32_767


def can_convert(from_hz: int) -> bool:
    """Tell whether a rate can be converted: from telephone to studio, in a ratio that needs no huge table."""
    return 8_000 <= from_hz <= 192_000 and RATE_HZ // math.gcd(from_hz, RATE_HZ) <= _MOST_PHASES


class Resampler:
    """Takes int16 mono sound of one rate piece by piece, and gives it back at 48 kHz; nothing is late or early."""

    def __init__(self, from_hz: int) -> None:
        if not can_convert(from_hz):
            raise ValueError(f"{from_hz} Hz cannot be converted")
        common = math.gcd(from_hz, RATE_HZ)
        self._up, self._down = RATE_HZ // common, from_hz // common
        self._filter = _filter(self._up, self._down)
        self._taps = len(self._filter[0])
        self._periods = max(1, _FRAMES_AT_ONCE // self._down)
        # Half a filter of silence before the first sample, so that it comes out in its place.
        self._held = array("h", bytes(2 * (self._taps // 2 - 1)))
        self._taken = self._given = 0

    def feed(self, sound: array[int]) -> array[int]:
        """Return what can be said so far."""
        self._taken += len(sound)
        self._held.extend(sound)
        return self._all_there_is()

    def finish(self) -> array[int]:
        """Return the rest, so that there is as much sound as was taken."""
        frames = -(-self._taken * self._up // self._down) - self._given
        self._held.extend(array("h", bytes(2 * (self._taps + self._down * self._periods))))
        return self._all_there_is()[:frames]

    def _all_there_is(self) -> array[int]:
        out = array("h")
        block = self._periods * self._down
        while len(self._held) >= block + self._taps + self._down:
            out.extend(self._block())
            del self._held[:block]
        self._given += len(out)
        return out

    def _block(self) -> array[int]:
        """Return the sound of as many periods of the two rates as are reckoned at once."""
        periods, down = self._periods, self._down
        samples = _unsigned(self._held[: periods * down + self._taps + down])
        offset = _repeated(-_LEAST, periods)
        rows = [
            int.from_bytes(array("Q", samples[at : at + periods * down : down]).tobytes(), "little") - offset
            for at in range(down + self._taps)
        ]
        out = array("h", bytes(2 * periods * self._up))
        start = _repeated(_MIDDLE + (1 << (_SHIFT - 1)), periods)
        for phase, taps in enumerate(self._filter):
            first = phase * down // self._up
            total = start
            for tap, row in zip(taps, rows[first : first + self._taps], strict=True):
                total += row * tap
            out[phase :: self._up] = _sound(total, periods)
        return out


def _unsigned(sound: array[int]) -> array[int]:
    """Return int16 samples moved up by half their range, so that none is below zero."""
    flipped = int.from_bytes(sound.tobytes(), "little") ^ int.from_bytes(b"\x00\x80" * len(sound), "little")
    return array("H", flipped.to_bytes(2 * len(sound), "little"))


@lru_cache(maxsize=8)
def _repeated(value: int, times: int) -> int:
    return int.from_bytes(array("Q", [value]).tobytes() * times, "little")


def _sound(total: int, periods: int) -> array[int]:
    """Return the samples that lie in a large number, made to fit where the filter went over the top."""
    moved = _MIDDLE >> _SHIFT
    samples = [(slot >> _SHIFT) - moved for slot in array("Q", total.to_bytes(_SLOT_BYTES * periods, "little"))]
    if min(samples) < _LEAST or max(samples) > _MOST:
        samples = [min(max(sample, _LEAST), _MOST) for sample in samples]
    return array("h", samples)


def _filter(up: int, down: int) -> Sequence[Sequence[int]]:
    """Return the taps of each phase, in whole numbers whose sum is one (shifted): silence and loudness stay exact."""
    slower = max(1.0, down / up)
    taps = 2 * math.ceil(_TAPS * slower / 2)
    return [_phase((phase * down % up) / up, taps, _PASS / slower) for phase in range(up)]


def _phase(late: float, taps: int, passing: float) -> Sequence[int]:
    """Return the taps of one phase: `late` is how far after the middle input sample it lies, in samples."""
    half = taps / 2
    raw = [_tap(at - (half - 1) - late, half, passing) for at in range(taps)]
    scale = (1 << _SHIFT) / sum(raw)
    whole = [round(tap * scale) for tap in raw]
    whole[taps // 2 - 1] += (1 << _SHIFT) - sum(whole)
    return whole


def _tap(x: float, half: float, passing: float) -> float:
    if abs(x) >= half:
        return 0.0
    window = _bessel(_KAISER * math.sqrt(1 - (x / half) ** 2))
    angle = math.pi * x * passing
    return window * (math.sin(angle) / angle if angle else 1.0)


def _bessel(x: float) -> float:
    """Return the modified Bessel function of order zero, by its series."""
    total = term = 1.0
    for k in range(1, 40):
        term *= (x / (2 * k)) ** 2
        total += term
    return total
