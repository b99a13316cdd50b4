"""The room of a fault: a private sound server whose microphone hears the signal, and a witness that hears it too.

The witness is another program on the same microphone. What it has heard by a moment is what could have been recorded
by then, whatever the recorder reports.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections import deque

import numpy as np
import watermark
from faulty_microphone import FaultyMicrophone

RAW = ("--raw", "--rate=48000", "--channels=1", "--format=s16le")
_KEPT_S = 60.0
_LOOKED_AT_S = 2.5
_LONGEST_S = 20.0


class Witness:
    """Listens to the microphone all the time, and remembers the last minute."""

    def __init__(self, environment):
        self._pieces = deque()
        self._process = subprocess.Popen(
            ["parec", "--device=mic", "--latency-msec=40", *RAW],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
        )
        self._reader = threading.Thread(target=self._listen, name="witness", daemon=True)
        self._reader.start()

    def _listen(self):
        while piece := self._process.stdout.read1(1 << 16):
            now_s = time.monotonic()
            self._pieces.append((now_s, piece))
            while self._pieces[0][0] < now_s - _KEPT_S:
                self._pieces.popleft()

    def heard_by(self, at_s):
        """Return the second of the signal the room had heard by a moment; None if it was silent."""
        pieces = [piece for then_s, piece in list(self._pieces) if at_s - _LOOKED_AT_S < then_s <= at_s]
        return watermark.reaches(np.frombuffer(b"".join(pieces), "<i2").astype("float32") / 32768)

    def close(self):
        self._process.kill()
        self._process.wait()
        self._reader.join(_LONGEST_S)
        self._process.stdout.close()


class Room:
    """The microphone, the signal played to it, and the witness; removed at the end of the block."""

    def __init__(self, first=0):
        self.microphone = FaultyMicrophone()
        self._first = first
        self._closed = threading.Event()

    @property
    def environment(self):
        return self.microphone.environment

    def __enter__(self):
        self.microphone.__enter__()
        self._player = subprocess.Popen(
            ["paplay", "--device=cable", "--latency-msec=200", *RAW],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(self.environment),
        )
        self._feeder = threading.Thread(target=self._feed, name="signal", daemon=True)
        self._feeder.start()
        self.witness = Witness(self.environment)
        until_s = time.monotonic() + _LONGEST_S
        while self.witness.heard_by(time.monotonic()) is None:
            if time.monotonic() > until_s:
                raise TimeoutError("the signal is not heard")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self._closed.set()
        self._player.kill()
        self._player.wait()
        self._feeder.join(_LONGEST_S)
        with contextlib.suppress(OSError):
            self._player.stdin.close()
        self.microphone.thaw()
        self.witness.close()
        self.microphone.__exit__(None, None, None)

    def _feed(self):
        try:
            for second in watermark.endless(self._first):
                if self._closed.is_set():
                    return
                self._player.stdin.write(second)
        except OSError:
            pass
