"""A virtual microphone: playing sound to it, recording it, and comparing the two."""

from __future__ import annotations

import contextlib
import io
import queue
import subprocess
import threading
import time
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
import soundfile
from faulty_microphone import FaultyMicrophone
from waiting import GENEROUS_S

from balint_desktop.capture.recorder_handle import RecorderHandle
from balint_desktop.capture.timeline import DRIFT_S
from balint_desktop.domain.recorder import PartPlace, RecorderEventKind
from balint_desktop.domain.values import RecordingId
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.rehearsal.virtual_microphone import speech
from balint_desktop.sealed.keys import Identity, new_identity
from balint_desktop.sealed.reading import PartSound, read_part

RAW = ("--raw", "--rate=48000", "--channels=1", "--format=s16le")
# A block, and the turn in which it is reported.
_BLOCK_S = 0.25
_LOUD_DB = -30.0
TEXT = "Somebody sat by the window for a long while and said nothing, and I did not know what to do with my hands."


@pytest.fixture
def microphone(monkeypatch):
    """Give the test, and every child it starts, a private sound server with a microphone."""
    with FaultyMicrophone() as started:
        for name, value in started.environment.items():
            monkeypatch.setenv(name, value)
        yield started


@contextlib.contextmanager
def playing(microphone, sound, sink="cable"):
    """Play sound (int16) to the microphone, or on another output, for the duration of the block.

    In a loop, or piece after piece.
    """
    pieces = repeat(sound) if isinstance(sound, bytes) else sound
    player = subprocess.Popen(
        ["paplay", f"--device={sink}", *RAW],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(microphone.environment),
    )

    def feed():
        # It ends with the player, whose pipe breaks.
        with contextlib.suppress(OSError):
            for piece in pieces:
                player.stdin.write(piece)

    feeder = threading.Thread(target=feed, name="plays", daemon=True)
    feeder.start()
    try:
        yield
    finally:
        player.kill()
        player.wait()
        feeder.join(GENEROUS_S)
        with contextlib.suppress(OSError):
            player.stdin.close()


@pytest.fixture(scope="session")
def spoken(tmp_path_factory):
    """Return a sound file of synthetic speech, some seven seconds long."""
    return speech(tmp_path_factory.mktemp("speech") / "spoken.wav", TEXT)


@pytest.fixture
def voice(microphone, spoken):
    """Play speech continuously, so that the microphone is not silent; return a function that restarts it."""
    with contextlib.ExitStack() as speaking:

        def speaks():
            speaking.enter_context(playing(microphone, pcm(spoken)))

        speaks()
        yield speaks


@pytest.fixture
def recording(tmp_path):
    """Return a recorder's handle with all its reports; it is ended with the test."""
    heard = Recording(tmp_path / "01")
    yield heard
    heard.end()


@dataclass(frozen=True)
class Lasted:
    """How long a recorder had the microphone, as far as is visible from outside: between these two."""

    at_least_s: float
    at_most_s: float

    def is_length_of(self, sound: np.ndarray) -> bool:
        """Return whether sound has that length, apart from what a part does not make up for."""
        return self.at_least_s - DRIFT_S - _BLOCK_S < len(sound) / RATE_HZ < self.at_most_s + DRIFT_S


@dataclass
class Recording:
    """A recorder on one part, and its reports."""

    folder: Path
    key: Identity = field(default_factory=new_identity)
    device: str | None = None
    monitor: str | None = None
    statuses: list = field(default_factory=list)
    events: list = field(default_factory=list)
    handle: RecorderHandle | None = None
    _received: queue.SimpleQueue = field(default_factory=queue.SimpleQueue)

    def start(self, *, wait=True):
        """Start the recorder; wait for its first sound."""
        place = PartPlace(RecordingId("recording"), 1, self.folder, self.key.recipient)
        self.handle = RecorderHandle(place, self.device, 0.0, self._on_status, self._on_report, monitor=self.monitor)
        self.handle.start()
        if wait:
            self.until(lambda: self.statuses)
        return self

    def _on_status(self, status):
        self.statuses.append((time.monotonic(), status))
        self._received.put(None)

    def _on_report(self, report):
        self.events.append((time.monotonic(), report))
        self._received.put(None)

    def until(self, condition):
        """Wait until a condition on the recorder's reports holds."""
        end_s = time.monotonic() + GENEROUS_S
        while not condition():
            left_s = end_s - time.monotonic()
            assert left_s > 0, f"in vain; last told: {self.statuses[-1:]} {self.events}"
            assert RecorderEventKind.ENDED not in self.kinds, f"it ended: {self.events}"
            try:
                self._received.get(timeout=left_s)
            except queue.Empty:
                continue

    @property
    def status(self):
        return self.statuses[-1][1]

    @property
    def kinds(self):
        return [report.kind for _, report in self.events]

    def reports(self, kind):
        """Return the reports of one kind, in order."""
        return [report for _, report in self.events if report.kind is kind]

    @property
    def ended(self):
        """Return the last event, which reports the recorder's end; the others come before it."""
        assert self.kinds.count(RecorderEventKind.ENDED) == 1
        assert self.kinds[-1] is RecorderEventKind.ENDED
        return self.events[-1][1]

    def until_seconds(self, seconds):
        """Wait until that much is written."""
        self.until(lambda: self.status.seconds >= seconds)

    def until_loud(self):
        """Wait until a sound is heard."""
        self.until(lambda: self.loud_s is not None)

    @property
    def loud_s(self):
        """Return the second of the first sound, None if there was none yet."""
        return next((status.seconds for _, status in self.statuses if status.level_db > _LOUD_DB), None)

    def until_event(self, kind):
        """Wait until an event happened."""
        self.until(lambda: kind in self.kinds)

    @property
    def elapsed_s(self):
        """Return the time since the first sample: each line was sent after the samples it counts were captured."""
        return time.monotonic() - min(at_s - status.seconds for at_s, status in self.statuses)

    def stop(self):
        """Stop properly, once all delayed sound has arrived; return the exit code, and how long it lasted."""
        self.until(lambda: self.status.seconds > self.elapsed_s - DRIFT_S - _BLOCK_S)
        before_s = self.elapsed_s
        self.handle.stop()
        code = self.handle.wait(GENEROUS_S)
        return code, Lasted(before_s, self.elapsed_s)

    def end(self):
        """End the recorder, whatever state it is in."""
        if self.handle is not None and self.handle.wait(0) is None:
            self.handle.stop()
            if self.handle.wait(GENEROUS_S) is None:
                self.handle._child.kill()
                self.handle.wait(GENEROUS_S)

    def part(self) -> PartSound:
        return read_part(self.folder, [self.key.secret])

    def sound(self) -> np.ndarray:
        return samples(self.part().ogg)


def samples(sound: bytes | Path) -> np.ndarray:
    """Return the samples of a sound file, or of its bytes, -1 to 1."""
    found, rate = soundfile.read(io.BytesIO(sound) if isinstance(sound, bytes) else sound, dtype="float32")
    assert rate == RATE_HZ
    return found


def pcm(sound: Path) -> bytes:
    """Return the samples of a sound file as played, int16."""
    found, rate = soundfile.read(sound, dtype="int16")
    assert rate == RATE_HZ
    return found.tobytes()


def find(played: np.ndarray, recorded: np.ndarray) -> tuple[float, float]:
    """Return the offset of the played sound in the recording, in seconds, and their similarity there (-1 to 1)."""
    size = 1 << (len(played) + len(recorded)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size)), size)
    at = int(np.argmax(products[: len(recorded)]))
    heard = recorded[at : at + len(played)]
    return at / RATE_HZ, float(np.corrcoef(heard, played[: len(heard)])[0, 1])


def loudness_db(sound: np.ndarray) -> float:
    """Return the loudness of sound, in dB of full scale."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype="float64")) + 1e-12))
