"""Measure whether and how much later a microphone hears what the computer plays. No I/O."""

from __future__ import annotations

import numpy as np

from balint_desktop.capture.mixer import Samples, level_db
from balint_desktop.ogg.packet import RATE_HZ

LONGEST_DELAY_S = 0.6
# A loudspeaker's sound cannot be heard before it is played, but the two sources' latencies are known to some ms only.
_EARLIEST_S = -0.05
_PIECE_S = 1.5
_FROM_HZ, _UNTIL_HZ = 300.0, 4000.0
_QUIET_DB = -55.0
# Two clocks that differ by 100 ppm move an echo by half a millisecond in five seconds.
_SMEAR_S = 0.001
# Of thirty pairs of voices without an echo the highest delay was at most 3.4 times the middle one; of a call that the
# room hears 20 dB below another voice it is nine times.
_CLEAR = 7.0


def echo_delay_s(microphone: Samples, computer: Samples) -> float | None:
    """Return how many seconds later the microphone hears the computer's sound; None where it does not.

    Both begin at the same moment. The phases alone are compared (generalised cross-correlation), since a room changes
    loudness and colour; pieces in which nothing is played say nothing.
    """
    size = round(_PIECE_S * RATE_HZ)
    lags = np.arange(round(_EARLIEST_S * RATE_HZ), round(LONGEST_DELAY_S * RATE_HZ))
    likeness = np.zeros(len(lags))
    for from_ in range(0, min(len(microphone), len(computer)) - size + 1, size):
        heard, played = microphone[from_ : from_ + size], computer[from_ : from_ + size]
        if level_db(played) > _QUIET_DB:
            likeness += _correlate(heard, played)[lags] ** 2
    smeared = np.convolve(likeness, np.ones(round(_SMEAR_S * RATE_HZ)), "same")
    highest = int(np.argmax(smeared))
    if smeared[highest] <= _CLEAR * float(np.median(smeared)):
        return None
    return float(lags[highest]) / RATE_HZ


def _correlate(heard: Samples, played: Samples) -> Samples:
    size = 2 * len(heard)
    common = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    weight = np.where((hz >= _FROM_HZ) & (hz <= _UNTIL_HZ), 1 / (np.abs(common) + 1e-9), 0.0)
    correlated: Samples = np.fft.irfft(common * weight, size).astype(np.float32)
    return correlated
