"""Measure how far two sources drift apart in a live recording, one of whose clocks is fast: `make two-clocks`.

A microphone is a pipe that is fed 48,004.8 frames in each second, the call an output that plays 48,000. In both a chirp
sounds every ten seconds of the system's clock; in the sealed recording the two have to stay as far apart as at first.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt
from faulty_microphone import FaultyMicrophone
from virtual_microphone import Recording, playing

from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.rehearsal.virtual_microphone import CALL, CALL_MONITOR

ALLOWED_MS = 40.0
_EVERY_S, _CHIRP_S = 10, 0.05
_FEED_EVERY_S = 0.01
_SEARCH_S = 0.25
_FIRST_S = 30.0

Sound = npt.NDArray[np.float64]


def chirp(from_hz: float, until_hz: float) -> Sound:
    """Return a chirp, which is found to the sample even beneath other sound."""
    at = np.arange(round(_CHIRP_S * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * (from_hz * at + (until_hz - from_hz) * at**2 / (2 * _CHIRP_S))
    rising: Sound = 0.4 * np.sin(phase) * np.hanning(len(at))
    return rising


IN_ROOM, ON_CALL = chirp(500, 1500), chirp(2500, 4500)


@contextlib.contextmanager
def fast_microphone(microphone: FaultyMicrophone, ppm: float) -> Iterator[None]:
    """Make the default microphone one whose clock is fast, for the duration of the block."""
    fifo = microphone.home / "fast"
    module = ("module-pipe-source", "source_name=fast", f"file={fifo}", "format=s16le", "rate=48000", "channels=1")
    microphone.run("pactl", "load-module", *module)
    microphone.run("pactl", "set-default-source", "fast")
    over = threading.Event()
    feeder = threading.Thread(target=_feed, args=(fifo, RATE_HZ * (1 + ppm / 1e6), over), daemon=True)
    feeder.start()
    try:
        yield
    finally:
        over.set()
        feeder.join()


def _feed(fifo: Path, rate_hz: float, over: threading.Event) -> None:
    """Write as many frames as that clock has counted, with a chirp in every ten seconds of the system's."""
    began_s, fed, every = time.monotonic(), 0, _EVERY_S * rate_hz
    with fifo.open("wb", buffering=0) as pipe:
        while not over.wait(_FEED_EVERY_S):
            due = int((time.monotonic() - began_s) * rate_hz)
            sound = np.zeros(due - fed)
            for number in range(int(fed / every), int(due / every) + 1):
                _add(sound, IN_ROOM, round(number * every) - fed)
            with contextlib.suppress(BrokenPipeError):
                pipe.write((sound * 32767).astype("<i2").tobytes())
            fed = due


def _add(sound: Sound, added: Sound, at: int) -> None:
    """Add the part of a sound that falls into a piece which it may begin before and end after."""
    from_, until = max(at, 0), min(at + len(added), len(sound))
    if from_ < until:
        sound[from_:until] += added[from_ - at : until - at]


def on_call() -> Iterator[bytes]:
    """Yield the call's sound, a second at a time."""
    for second in count():
        sound = np.zeros(RATE_HZ)
        if second % _EVERY_S == 0:
            _add(sound, ON_CALL, 0)
        yield (sound * 32767).astype("<i2").tobytes()


def chirps_s(sound: Sound, wanted: Sound) -> Sound:
    """Return the seconds of a chirp, one every ten seconds."""
    at = _place(sound[: round(_FIRST_S * RATE_HZ)], wanted)
    at -= at // (_EVERY_S * RATE_HZ) * _EVERY_S * RATE_HZ
    margin, found = round(_SEARCH_S * RATE_HZ), []
    while at + margin + len(wanted) < len(sound):
        from_ = max(0, at - margin)
        at = from_ + _place(sound[from_ : at + margin + len(wanted)], wanted)
        found.append(at / RATE_HZ)
        at += _EVERY_S * RATE_HZ
    return np.array(found)


def _place(sound: Sound, wanted: Sound) -> int:
    size = 1 << (len(sound) + len(wanted)).bit_length()
    products = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size)), size)
    return int(np.argmax(products[: len(sound) - len(wanted) + 1]))


def measure(minutes: float, ppm: float, folder: Path) -> Sound:
    """Record for some minutes, and return how many ms both chirps moved apart, one number every ten seconds."""
    with FaultyMicrophone() as microphone:
        os.environ.update(microphone.environment)
        microphone.add_call()
        recording = Recording(folder / "01", monitor=CALL_MONITOR)
        with fast_microphone(microphone, ppm), playing(microphone, on_call(), CALL):
            recording.start()
            until_s = time.monotonic() + minutes * 60
            while time.monotonic() < until_s:
                time.sleep(1.0)
            recording.end()
        sound = recording.sound().astype(np.float64)
    # The first chirps may be cut, or come before both are heard.
    room_s, call_s = chirps_s(sound, IN_ROOM)[1:], chirps_s(sound, ON_CALL)[1:]
    both = min(len(room_s), len(call_s))
    apart_s = call_s[:both] - room_s[:both]
    return (apart_s - apart_s[0]) * 1000


def main() -> int:
    """Measure and print. Return 1 if the drift is too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--ppm", type=float, default=100.0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        moved_ms = measure(args.minutes, args.ppm, Path(folder))
    largest_ms = float(np.abs(moved_ms).max())
    uncorrected_ms = args.minutes * 60 * args.ppm / 1000
    print(f"{len(moved_ms)} chirps in {args.minutes:g} minutes, the microphone's clock {args.ppm:g} ppm fast.")
    print(f"Drift: {largest_ms:.1f} ms at most, {moved_ms[-1]:+.1f} ms at the end; allowed {ALLOWED_MS:g} ms,")
    print(f"uncorrected it would be {uncorrected_ms:.0f} ms.")
    print("Every ten seconds:", " ".join(f"{value:+.1f}" for value in moved_ms))
    return 0 if largest_ms <= ALLOWED_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
