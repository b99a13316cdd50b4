"""Mix several channels down to mono at the level of the loudest channel, whatever the others hold.

An average would be silence where one channel is the inverse of another, and half as loud where one is empty. So in each
twentieth of a second, channels of opposite polarity are inverted before they are summed, and the sum is scaled to the
level of the loudest channel. DC offset is removed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from balint_desktop.capture.sound_file.take import Block

Mono = NDArray[np.float32]
_Matrix = NDArray[np.float64]
_STRETCHES_A_SECOND = 20
# Number of stretches on either side that decide on opposite polarity, and the correlations below which it counts.
_AROUND = 6
_OPPOSED, _SURELY_OPPOSED = -0.25, -0.6
_AHEAD = 4
_TURNS_A_SECOND = 200
# Smoothing of the level and of the DC offset, per stretch: a time constant of 1 s.
_FORGETS = 1 / (1.0 * _STRETCHES_A_SECOND)
_OFFSET_FORGETS = 1 / (1.0 * _STRETCHES_A_SECOND)
# Upper limit of the gain: a sum that cancels almost completely is noise.
_MAX_GAIN = 2.0
_NOTHING = 1e-12
_FAR_QUIETER = 1e-4
_HEARD = 1e-7
"""Power below which a stretch is ignored: -70 dB."""


class Mixdown:
    """Streaming mixdown: takes blocks of shape (frames, channels) and returns mono with a short delay.

    `opposed_s` is the time for which channels had opposite polarity. `loudest` is the power of the loudest channel over
    the whole input, as mean square times seconds.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._length = max(1, rate_hz // _STRETCHES_A_SECOND)
        self._seconds = self._length / rate_hz
        self._channels = channels
        self._left: Block = np.zeros((0, channels), np.float32)
        self._offset: _Matrix | None = None
        self._stretches: deque[tuple[Block, _Matrix]] = deque()
        self._before: deque[_Matrix] = deque(maxlen=_AROUND)
        self._signs = np.ones(channels)
        self._weights: _Matrix | None = None
        self._loudest_power = self._sum_power = 0.0
        self._all_powers = np.zeros(channels)
        self.opposed_s = 0.0

    @property
    def loudest(self) -> float:
        """Return the power of the loudest channel over the whole input."""
        return float(self._all_powers.max()) / self._rate_hz

    def feed(self, block: Block) -> Iterator[Mono]:
        """Process the next block, and yield the mono audio that is ready."""
        self._left = np.concatenate((self._left, block))
        while len(self._left) >= self._length:
            self._add_stretch(self._left[: self._length])
            self._left = self._left[self._length :]
            if len(self._stretches) > _AROUND:
                yield self._next_mono()

    def finish(self) -> Iterator[Mono]:
        """Yield the remaining audio."""
        if len(self._left):
            self._add_stretch(self._left)
        while self._stretches:
            yield self._next_mono()

    def _add_stretch(self, stretch: Block) -> None:
        mean = stretch.mean(axis=0, dtype=np.float64)
        before = mean if self._offset is None else self._offset
        self._offset = before + (mean - before) * _OFFSET_FORGETS
        course = np.linspace(before, self._offset, len(stretch), dtype=np.float32)
        sound = stretch - course
        self._stretches.append((sound, (sound.T.astype(np.float64) @ sound) / len(sound)))

    def _next_mono(self) -> Mono:
        after = [covariance for _, covariance in self._stretches]
        sound, own = self._stretches.popleft()
        if self._channels > 1:
            nothing = np.zeros_like(own)
            self._turn(sum([*self._before, *after[: _AROUND + 1]], nothing), _OPPOSED)
            # Look ahead for a channel that changes polarity here, so that none of it cancels first.
            self._turn(sum(after[:_AHEAD], nothing), _SURELY_OPPOSED, own)
        self._weigh(own, after[: _AROUND + 1])
        self._before.append(own)
        self._all_powers += np.diag(own) * len(sound)
        return sound[:, 0] if self._channels == 1 else self._mixed(sound)

    def _turn(self, around: _Matrix, opposed: float, own: _Matrix | None = None) -> None:
        """Invert channels opposed to the loudest one over `around` and, if `own` is given, over this stretch too."""
        against = self._against(around, opposed)
        if own is not None and against.any():
            against &= self._against(own, opposed)
        self._signs = np.where(against, -self._signs, self._signs)

    def _against(self, covariance: _Matrix, opposed: float) -> NDArray[np.bool_]:
        powers = np.diag(covariance)
        lead = int(powers.argmax())
        if powers[lead] < _HEARD:
            return np.zeros(self._channels, np.bool_)
        scale = np.sqrt(np.maximum(powers * powers[lead], _NOTHING))
        together = covariance[lead] * self._signs[lead] * self._signs / scale
        against: NDArray[np.bool_] = (powers > powers[lead] * _FAR_QUIETER) & (together < opposed)
        return against

    def _weigh(self, own: _Matrix, after: list[_Matrix]) -> None:
        """Track the power of the loudest channel and the power of the sum."""
        if self._sum_power < _NOTHING:
            own = sum(after, np.zeros_like(own)) / len(after)
        forgets = 1.0 if self._sum_power < _NOTHING else _FORGETS
        self._loudest_power += (float(np.diag(own).max()) - self._loudest_power) * forgets
        self._sum_power += (float(self._signs @ own @ self._signs) - self._sum_power) * forgets
        if self._channels > 1 and (self._signs < 0).any() and np.trace(own) > _HEARD:
            self.opposed_s += self._seconds

    def _mixed(self, sound: Block) -> Mono:
        gain = np.sqrt(self._loudest_power / self._sum_power) if self._sum_power > _NOTHING else 1.0 / self._channels
        weights = self._signs * min(float(gain), _MAX_GAIN)
        before = weights if self._weights is None else self._weights
        self._weights = weights
        # The gain of an inverted channel passes through zero, so the ramp is short.
        is_turned = bool((before * weights < 0).any())
        ramp = min(len(sound), self._rate_hz // _TURNS_A_SECOND) if is_turned else len(sound)
        course = np.tile(weights.astype(np.float32), (len(sound), 1))
        course[:ramp] = np.linspace(before, weights, ramp, dtype=np.float32)
        mono: Mono = np.clip((sound * course).sum(axis=1, dtype=np.float32), -1.0, 1.0)
        return mono
