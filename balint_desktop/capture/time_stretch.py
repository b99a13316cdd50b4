"""Change the speed of speech at constant pitch: repeat or drop pieces where the waveforms match (WSOLA).

Verhelst and Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993: each piece is taken from
near its nominal position, at the point most similar to the continuation of the piece before, and cross-faded. On speech
it is the method that costlier ones are compared with; and it needs no library, which would need numpy.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from operator import mul

from balint_desktop.ogg.packet import RATE_HZ

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)
"""Slower to catch a word, faster to find one: the speeds a transcriber needs."""

# Pieces of 20 ms, cross-faded over 8 ms, searched within 8 ms either way: 16 ms is a period of the deepest voice.
_PIECE = RATE_HZ * 20 // 1000
_FADE = RATE_HZ * 8 // 1000
_REACH = RATE_HZ * 8 // 1000
# Search coarsely on sums of this many samples first: it is not necessary to try every sample everywhere.
_COARSE = 8
# Samples already read that can still be rewound.
_KEPT = RATE_HZ * 3
_FADE_OUT = [(_FADE - at) / _FADE for at in range(_FADE)]
_FADE_IN = [at / _FADE for at in range(_FADE)]


class TimeStretch:
    """Takes audio (int16, mono, 48 kHz) and returns it at a speed that may change at any time."""

    def __init__(self) -> None:
        self.speed = 1.0
        self.clear()

    def clear(self) -> None:
        """Drop all audio."""
        self._sound = array("h")
        self._dropped = 0
        # Nominal position of the next piece, and the end of the last one, as indexes into the buffer.
        self._due = 0.0
        self._follows = 0
        self._finished = False

    def write(self, sound: bytes) -> None:
        """Add audio: whole samples."""
        self._sound.frombytes(sound)
        if sys.byteorder == "big":
            self._sound[-len(sound) // 2 :].byteswap()

    def rewind(self, seconds: float) -> None:
        """Rewind by audio that was read but not heard, three seconds at most."""
        self._due = max(0.0, self._due - seconds * RATE_HZ)
        self._follows = round(self._due)

    def finish(self) -> None:
        """Mark the audio written so far as complete."""
        self._finished = True

    @property
    def read_s(self) -> float:
        """Return how many seconds of the original audio have been read, at whatever speed."""
        return (self._dropped + min(self._due, len(self._sound))) / RATE_HZ

    def read(self) -> bytes:
        """Return the next piece, empty if there is not enough audio for one yet, or none left."""
        if self.speed == 1.0 or self._at_the_end:
            piece = self._sound[self._follows : self._follows + _PIECE]
            self._follows += len(piece)
            self._due = float(self._follows)
        elif self._due + _REACH + _PIECE + _FADE <= len(self._sound):
            begin = self._best_begin()
            piece = self._faded(begin) + self._sound[begin + _FADE : begin + _PIECE]
            self._follows = begin + _PIECE
            self._due += _PIECE * self.speed
        else:
            return b""
        self._drop()
        if sys.byteorder == "big":
            piece.byteswap()
        return piece.tobytes()

    @property
    def _at_the_end(self) -> bool:
        return self._finished and self._due + _REACH + _PIECE + _FADE > len(self._sound)

    def _best_begin(self) -> int:
        """Return the position near the nominal one that is most similar to the continuation of the last piece."""
        due = round(self._due)
        first = max(0, due - _REACH)
        wanted = self._sound[self._follows : self._follows + _FADE]
        room = self._sound[first : due + _REACH + _FADE]
        coarse = first + _COARSE * _most_alike(_means(wanted), _means(room), (due - first) // _COARSE)
        near = max(0, coarse - _COARSE + 1)
        return near + _most_alike(wanted, self._sound[near : coarse + _COARSE - 1 + _FADE], coarse - near)

    def _faded(self, begin: int) -> array[int]:
        before = map(mul, self._sound[self._follows : self._follows + _FADE], _FADE_OUT)
        after = map(mul, self._sound[begin : begin + _FADE], _FADE_IN)
        return array("h", [round(a + b) for a, b in zip(before, after, strict=True)])

    def _drop(self) -> None:
        done = min(self._follows, max(0, int(self._due) - _REACH)) - _KEPT
        if done > RATE_HZ:
            del self._sound[:done]
            self._dropped += done
            self._follows -= done
            self._due -= done


def _means(sound: Sequence[int]) -> list[int]:
    """Return the sums of every `_COARSE` samples: their means, except for a constant factor."""
    return list(map(sum, zip(*[iter(sound)] * _COARSE, strict=False)))


def _most_alike(wanted: Sequence[int], room: Sequence[int], otherwise: int) -> int:
    """Return the offset of the highest normalised correlation, `otherwise` if none is positive."""
    size = len(wanted)
    room = list(room)
    energy = sum(map(mul, room[:size], room[:size]))
    best, best_likeness = otherwise, 0.0
    for at in range(len(room) - size + 1):
        product = sum(map(mul, wanted, room[at : at + size]))
        likeness = product / energy**0.5 if product > 0 and energy > 0 else 0.0
        if likeness > best_likeness:
            best, best_likeness = at, likeness
        if at + size < len(room):
            energy += room[at + size] ** 2 - room[at] ** 2
    return best
