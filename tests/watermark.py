"""Sound in which each second carries its own number, coded in chirps, so that it can be found again.

A second is ten chirps of a tenth each: one that is always the same and says where the second begins, eight that are
its number in base four, and one to check them. A voice's band, so that Opus keeps it at a voice's bit rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from balint_desktop.ogg.packet import RATE_HZ

SLOT = RATE_HZ // 10
DIGITS = 8
_LOUD = 0.4
_BEGINS = (3200.0, 500.0)
_DIGITS_HZ = ((500.0, 1300.0), (1300.0, 500.0), (1700.0, 2900.0), (2900.0, 1700.0))
_LIKE_BEGIN = 0.55
_LIKE_DIGIT = 0.4
# Too little remains of a second begun at the very end of a sound to distinguish it from a click.
_LEAST = RATE_HZ // 20


@dataclass(frozen=True, slots=True)
class Found:
    """A second of the signal that was found, and its start in the sound, in seconds of that."""

    second: int
    at_s: float


@lru_cache
def _chirp(from_hz: float, until_hz: float) -> np.ndarray:
    at_s = np.arange(SLOT) / RATE_HZ
    turns = from_hz * at_s + (until_hz - from_hz) / (2 * SLOT / RATE_HZ) * at_s**2
    ramp = np.minimum(1.0, np.minimum(np.arange(SLOT), np.arange(SLOT)[::-1]) / (RATE_HZ * 0.004))
    return (np.sin(2 * np.pi * turns) * ramp).astype("float32")


def _digits(second: int) -> list[int]:
    digits = [second >> 2 * place & 3 for place in range(DIGITS)]
    return [*digits, _check(digits)]


def _check(digits: list[int]) -> int:
    return sum(digit * (place % 3 + 1) for place, digit in enumerate(digits)) + 1 & 3


@lru_cache(maxsize=256)
def one_second(second: int) -> np.ndarray:
    """Return a second of the signal, -1 to 1."""
    return _LOUD * np.concatenate([_chirp(*_BEGINS), *(_chirp(*_DIGITS_HZ[digit]) for digit in _digits(second))])


def signal(seconds: int, first: int = 0) -> np.ndarray:
    """Return that many seconds of the signal, -1 to 1."""
    return np.concatenate([one_second(first + place) for place in range(seconds)])


def pcm(sound: np.ndarray) -> bytes:
    """Return sound as int16."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def endless(first: int = 0) -> Iterator[bytes]:
    """Yield the signal second by second, as int16."""
    second = first
    while True:
        yield pcm(one_second(second))
        second += 1


def find(sound: np.ndarray) -> list[Found]:
    """Return every complete second of the signal in a sound."""
    if len(sound) < SLOT:
        return []
    like = _likeness(sound, _chirp(*_BEGINS))
    found, past = [], 0
    for at in np.flatnonzero(like >= _LIKE_BEGIN):
        if at < past:
            continue
        best = int(at) + int(np.argmax(like[at : at + SLOT // 2]))
        second = _read(sound, best)
        if second is not None:
            found.append(Found(second, best / RATE_HZ))
        past = best + SLOT
    return found


def _likeness(sound: np.ndarray, chirp: np.ndarray) -> np.ndarray:
    """Return the similarity of the sound to a chirp, starting at each sample, -1 to 1."""
    size = 1 << (len(sound) + len(chirp)).bit_length()
    product = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(chirp, size)), size)
    energy = np.concatenate([[0.0], np.cumsum(np.square(sound, dtype="float64"))])
    count = len(sound) - len(chirp) + 1
    local = energy[len(chirp) :][:count] - energy[:count]
    return product[:count] / (np.sqrt(np.maximum(local, 1e-6)) * float(np.linalg.norm(chirp)))


def _read(sound: np.ndarray, begin: int) -> int | None:
    """Return the number of the second that starts at a sample, None if it is none, or incomplete."""
    digits = []
    for place in range(1, DIGITS + 2):
        piece = sound[begin + place * SLOT : begin + (place + 1) * SLOT]
        if len(piece) < SLOT:
            return None
        likes = [float(np.dot(piece, _chirp(*hz))) for hz in _DIGITS_HZ]
        norm = float(np.linalg.norm(piece)) * float(np.linalg.norm(_chirp(*_DIGITS_HZ[0])))
        digit = int(np.argmax(likes))
        if norm < 1e-6 or likes[digit] / norm < _LIKE_DIGIT:
            return None
        digits.append(digit)
    if _check(digits[:-1]) != digits[-1]:
        return None
    return sum(digit << 2 * place for place, digit in enumerate(digits[:-1]))


def reaches(sound: np.ndarray) -> float | None:
    """Return how far into the signal a sound reaches, in fractional seconds; None if it has none of it.

    What follows the last whole second is held against what the signal would be there.
    """
    found = find(sound)
    if not found:
        return None
    last = found[-1]
    begin = round(last.at_s * RATE_HZ)
    rest = sound[begin + RATE_HZ :]
    expected = signal(2 + len(rest) // RATE_HZ, last.second + 1)
    heard = 0
    for at in range(0, len(rest), _LEAST):
        piece, like = rest[at : at + _LEAST], expected[at : at + _LEAST][: len(rest) - at]
        norm = float(np.linalg.norm(piece)) * float(np.linalg.norm(like))
        if norm < 1e-6 or float(np.dot(piece, like)) / norm < _LIKE_DIGIT:
            break
        heard = at + len(piece)
    return last.second + 1 + heard / RATE_HZ


def holes(found: list[Found]) -> int:
    """Return how many seconds are missing between the first and the last that were found."""
    if not found:
        return 0
    return found[-1].second - found[0].second + 1 - len({one.second for one in found})
