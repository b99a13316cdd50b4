"""Compare played with recorded sound, by loudness over time and by waveform."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from balint_desktop.ogg.packet import RATE_HZ

# Loudness is compared at 100 Hz, waveforms at 4 kHz: both take no more than a moment in Python.
_LOUDNESS_HZ = 100
_WAVE_HZ = 4_000
_STEP = RATE_HZ // _WAVE_HZ
_FINE_S = 0.02
_NOTHING = 1e-9
# The same words spoken again are that much alike in loudness, and half a second off nothing is.
_REPEATED = 0.05
_AROUND = _LOUDNESS_HZ // 2


@dataclass(frozen=True, slots=True)
class Match:
    """Match of a piece of the played sound: its delay in seconds, and two correlations, -1 to 1."""

    delay_s: float
    loudness: float
    waves: float


def samples(pcm: bytes) -> array[int]:
    """Return int16 sound as numbers."""
    found = array("h")
    found.frombytes(pcm[: len(pcm) // 2 * 2])
    return found


@dataclass(frozen=True, slots=True)
class ComparedSound:
    """Sound prepared for comparison: its samples, its loudness over time, and its downsampled waveform."""

    samples: Sequence[int]
    loudness: list[float]
    waves: list[float]


def rows(sound: Sequence[int]) -> ComparedSound:
    """Compute the comparison data of a sound."""
    return ComparedSound(sound, _loudness(sound), _thinned(sound, _STEP))


def find(piece: ComparedSound, recorded: ComparedSound, between_s: tuple[float, float]) -> Match:
    """Find a piece in a longer sound, beginning between two of its seconds."""
    a, b = piece.loudness, recorded.loudness
    first, last = (round(second * _LOUDNESS_HZ) for second in between_s)
    delays = range(max(0, first), min(last, len(b) - len(a)) + 1)
    best = max(delays, key=lambda at: correlation(a, b[at : at + len(a)]), default=None)
    if best is None:
        return Match(0.0, 0.0, 0.0)
    delay_s, waves = _fine(piece.waves, recorded, best / _LOUDNESS_HZ)
    return Match(delay_s, correlation(a, b[best : best + len(a)]), waves)


def places(piece: ComparedSound, recorded: ComparedSound) -> list[float]:
    """Return the delays in seconds at which a piece is found by its loudness: several, where a voice repeats itself."""
    a, b = piece.loudness, recorded.loudness
    alike = [correlation(a, b[at : at + len(a)]) for at in range(len(b) - len(a) + 1)]
    least = max(alike, default=0.0) - _REPEATED
    return [
        at / _LOUDNESS_HZ
        for at, value in enumerate(alike)
        if value >= least and value == max(alike[max(0, at - _AROUND) : at + _AROUND + 1])
    ]


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Pearson's correlation of two equally long rows, 0 where one of them is constant."""
    count = min(len(one), len(other))
    if count == 0:
        return 0.0
    one, other = one[:count], other[:count]
    mean_one, mean_other = sum(one) / count, sum(other) / count
    together = sum(map(mul, one, other)) - count * mean_one * mean_other
    spread_one = sum(map(mul, one, one)) - count * mean_one**2
    spread_other = sum(map(mul, other, other)) - count * mean_other**2
    if spread_one < _NOTHING or spread_other < _NOTHING:
        return 0.0
    return float(together / math.sqrt(spread_one * spread_other))


def is_silent(piece: Sequence[int]) -> bool:
    """Return whether a piece is inaudible (below -60 dB of full scale)."""
    return not piece or math.sqrt(sum(map(mul, piece, piece)) / len(piece)) < 32.768


def _loudness(sound: Sequence[int]) -> list[float]:
    step = RATE_HZ // _LOUDNESS_HZ
    pieces = (sound[at : at + step] for at in range(0, len(sound) - step + 1, step))
    return [math.log10(1 + sum(map(mul, piece, piece)) / step) for piece in pieces]


def _fine(piece: list[float], recorded: ComparedSound, about_s: float) -> tuple[float, float]:
    """Return the exact delay near one known to a hundredth of a second, and the waveforms' correlation there."""
    waves, length = recorded.waves, len(piece)
    first = max(0, round((about_s - _FINE_S) * _WAVE_HZ))
    near = max(
        range(first, first + round(2 * _FINE_S * _WAVE_HZ) + 1),
        key=lambda at: correlation(piece, waves[at : at + length]),
    )
    # Half a downsampled step off, a voice's waveform is an eighth of a period out of phase: search again by samples.
    starts = range(max(0, near * _STEP - _STEP + 1), near * _STEP + _STEP)
    found = {
        start: correlation(piece, _thinned(recorded.samples[start : start + length * _STEP], _STEP)) for start in starts
    }
    best = max(found, key=lambda start: found[start])
    return best / RATE_HZ, found[best]


def _thinned(sound: Sequence[int], step: int) -> list[float]:
    """Return sound at a lower rate, each sample the mean of those it replaces."""
    return [sum(sound[at : at + step]) / step for at in range(0, len(sound) - step + 1, step)]
