"""PortAudio with a busy microphone, or one that supports only 44.1 kHz. Shadows the real one through PYTHONPATH.

A machine without sound hardware has no such device: a sound server converts and shares, and ALSA without one does not
even list a device that somebody else holds. So the real library runs, and two of its answers are put in its mouth, by
the numbers in portaudio.h. BUSY_WHILE names a file: while it is there, opening fails. ONLY_RATE_HZ names a rate.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import PathFinder
from pathlib import Path

_INVALID_RATE = -9997
_DEVICE_UNAVAILABLE = -9985


class Stubborn:
    """PortAudio's functions, all but two unchanged."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return getattr(self._real, name)

    def Pa_IsFormatSupported(self, inputs, outputs, rate):  # noqa: N802  PortAudio's name
        return _refuses_rate(rate) or self._real.Pa_IsFormatSupported(inputs, outputs, rate)

    def Pa_OpenStream(self, stream, inputs, outputs, rate, *more):  # noqa: N802  PortAudio's name
        if Path(os.environ.get("BUSY_WHILE", "/nothing")).exists():
            return _DEVICE_UNAVAILABLE
        return _refuses_rate(rate) or self._real.Pa_OpenStream(stream, inputs, outputs, rate, *more)


def _refuses_rate(rate):
    only = os.environ.get("ONLY_RATE_HZ")
    return _INVALID_RATE if only and rate != float(only) else 0


def _real_one():
    here = Path(__file__).parent.resolve()
    others = [folder for folder in sys.path if Path(folder).resolve() != here]
    spec = PathFinder.find_spec("sounddevice", others)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


real = _real_one()
real._lib = Stubborn(real._lib)
sys.modules[__name__] = real
