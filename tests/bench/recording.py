"""The cost of recording: our recorder beside ffmpeg and age, on the same virtual microphone, in turn."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import DidNotRun, cpu_s, environment, peak_mb
from table import slope

from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.command import own_command
from balint_desktop.rehearsal.virtual_microphone import DEVICE
from balint_desktop.sealed.keys import Identity, new_identity

AIM = 1.1
SETTLED_S = 3.0
"""Starting up is over by then, for both."""
_LONGEST_S = 20.0
# libsndfile's internal settings: complexity 10, application audio, frames of 20 ms, constrained VBR.
AS_OURS = (
    *("-ac", "1", "-c:a", "libopus", "-b:a", str(DEFAULT_BIT_RATE), "-compression_level", "10"),
    *("-application", "audio", "-frame_duration", "20", "-vbr", "constrained", "-f", "ogg", "-"),
)
MICROPHONE = ("-f", "pulse", "-channels", "1", "-sample_rate", "48000", "-i", "mic")


@dataclass(frozen=True)
class Live:
    """The cost of one recording of a microphone."""

    cpu_s_an_hour: float
    peak_mb: float


def record_ours(measured_s: float) -> Live:
    """Let our recorder record."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "01"
        command = own_command(
            *("recorder", "--to", str(part), "--device", DEVICE, "--recipient", new_identity().recipient)
        )
        recorder = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        return _measured([recorder], measured_s, recorder.terminate, part / "audio.opus.age")


def record_peers(measured_s: float) -> Live:
    """Let ffmpeg record, piped into age."""
    with tempfile.TemporaryDirectory() as folder:
        sealed = Path(folder) / "audio.opus.age"
        with ffmpeg_into_age(MICROPHONE, sealed) as (ffmpeg, age):
            return _measured([ffmpeg, age], measured_s, ffmpeg.terminate, sealed)


def record_plain(measured_s: float) -> Live:
    """Let ffmpeg record unencrypted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audio.ogg"
        with ffmpeg_alone(path) as ffmpeg:
            return _measured([ffmpeg], measured_s, ffmpeg.terminate, path)


@contextmanager
def ffmpeg_alone(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start ffmpeg on the microphone, writing an unencrypted file."""
    command = ["ffmpeg", "-nostdin", "-v", "error", *MICROPHONE, *AS_OURS[:-1], str(path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment()) as ffmpeg:
        yield ffmpeg


@contextmanager
def ffmpeg_into_age(source: tuple[str, ...], sealed: Path, key: Identity | None = None):
    """Start ffmpeg on a source, and age behind it, sealing to that key or to a throwaway one."""
    recipient = (key or new_identity()).recipient
    age = subprocess.Popen(["age", "-r", recipient, "-o", str(sealed)], stdin=subprocess.PIPE)
    try:
        ffmpeg = subprocess.Popen(
            ["ffmpeg", "-nostdin", "-v", "error", *source, *AS_OURS],
            stdout=age.stdin,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
    finally:
        # The pipe is ffmpeg's now; age ends once no process holds it.
        age.stdin.close()
    yield ffmpeg, age


def _measured(
    processes: list[subprocess.Popen[bytes]], measured_s: float, stop: Callable[[], None], sealed: Path
) -> Live:
    """Return the resources used between two moments of one recording, which excludes start and end."""
    try:
        time.sleep(SETTLED_S)
        first = _used(processes)
        time.sleep(measured_s)
        second = _used(processes)
        peak = sum(peak_mb(process.pid) for process in processes)
    finally:
        stop()
        for process in processes:
            process.wait(_LONGEST_S)
    least_bytes = measured_s * DEFAULT_BIT_RATE / 8 / 4
    if not sealed.exists() or sealed.stat().st_size < least_bytes:
        raise DidNotRun(f"too little was sealed: {sealed.parent.name}/{sealed.name}")
    return Live(slope(first, second) * 3600, peak)


def _used(processes: list[subprocess.Popen[bytes]]) -> tuple[float, float]:
    if any(process.poll() is not None for process in processes):
        raise DidNotRun(f"a recording ended early: {processes[0].args[0]}")
    return time.monotonic(), sum(cpu_s(process.pid) for process in processes)
