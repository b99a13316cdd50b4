"""Measure decoded audio: its overall level, its peak level and how much of it is digital silence."""

from __future__ import annotations

from math import log10

import numpy as np

from balint_desktop.capture.sound_file.mixdown import Mono

_STRETCHES_A_SECOND = 20
_LONG_SILENCE_S = 10.0
_SILENCE = 1e-9
"""Power of -90 dB, quieter than any microphone in a room."""


class Meter:
    """Meter for mono audio at one sample rate.

    `power` is the mean square times seconds, `peak_power` the mean square of the loudest twentieth of a second.
    `silent_s` is the total of digital silence in runs of ten seconds or more; `silent_end_s` is the length of silence
    at the end.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._length = rate_hz // _STRETCHES_A_SECOND
        self._left: Mono = np.zeros(0, np.float32)
        self.power = self.peak_power = 0.0
        self.silent_s = self.silent_end_s = 0.0

    def feed(self, mono: Mono) -> None:
        """Measure the next block."""
        self.power += float(np.square(mono, dtype=np.float64).sum()) / self._rate_hz
        heard = np.concatenate((self._left, mono))
        whole = len(heard) // self._length * self._length
        self._left = heard[whole:]
        for power in np.square(heard[:whole].reshape(-1, self._length), dtype=np.float64).mean(axis=1):
            self.peak_power = max(self.peak_power, float(power))
            self._follow_silence(is_silent=bool(power < _SILENCE))

    def _follow_silence(self, *, is_silent: bool) -> None:
        before = self.silent_end_s
        self.silent_end_s = before + 1 / _STRETCHES_A_SECOND if is_silent else 0.0
        if self.silent_end_s >= _LONG_SILENCE_S:
            # Once a run is long enough, all of it counts.
            self.silent_s += self.silent_end_s - (before if before >= _LONG_SILENCE_S else 0.0)


def decibels(power: float) -> float | None:
    """Convert power to dB of full scale. Return None for zero power."""
    return round(10 * log10(power), 1) if power > 0 else None
