"""The time to open an hour, and what remains of it after one byte changed: ours beside age and ffmpeg.

Run as a program it is our side: it opens the sealed hour as the app does, and tells how long that took, and how much
more memory it then holds.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import soundfile
import watermark
from crash import unsealed
from processes import DidNotRun, environment, peak_mb
from recording import DEFAULT_BIT_RATE

from balint_desktop.capture.decode_handle import open_pcm
from balint_desktop.recordings import playable
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import Identity, new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import read_part

T = TypeVar("T")
AIM_MS = 50.0
_PIECE = 1 << 16
_HEARD_S = 1.2
_LEFT = 300_000
_LOOKED_AT_S = 60
# At its own page length, and quickly: only opening is measured.
_ENCODE = (
    *("ffmpeg", "-v", "error", "-f", "s16le", "-ar", "48000", "-ac", "1", "-i", "-", "-c:a", "libopus"),
    *("-b:a", str(DEFAULT_BIT_RATE), "-compression_level", "0", "-page_duration", "200000", "-f", "ogg", "-"),
)
# ffmpeg's own Opus decoder distorts the numbered seconds at this bit rate.
_READ = ("-v", "quiet", "-c:a", "libopus", "-i", "-")
_AS_PCM = ("-f", "s16le", "-ac", "1", "-ar", "48000", "-")


@dataclass(frozen=True)
class Hour:
    """The same encoded sound, three times on disk: sealed by us, sealed by age, and unencrypted."""

    part: Path
    sealed: Path
    plain: Path
    key: Identity
    seconds: int


@dataclass(frozen=True)
class Opening:
    """Time until the last quarter was decoded, until all was in memory, and the memory used.

    `by_child_ms` is ours alone: heard through the child that decodes, which has to start.
    """

    late_ms: float
    whole_ms: float
    whole_mb: float
    by_child_ms: float = 0.0


@contextmanager
def an_hour(seconds: int) -> Iterator[Hour]:
    """Make it without waiting in real time."""
    key = new_identity()
    with tempfile.TemporaryDirectory() as folder:
        hour = Hour(*(Path(folder) / name for name in ("01", "peer.age", "peer.ogg")), key, seconds)
        with hour.plain.open("wb") as plain, subprocess.Popen(_ENCODE, stdin=subprocess.PIPE, stdout=plain) as encoder:
            for _, sound in zip(range(seconds), watermark.endless(), strict=False):
                encoder.stdin.write(sound)
        ogg = hour.plain.read_bytes()
        writer = PartWriter(hour.part, [key.recipient])
        for at in range(0, len(ogg), _PIECE):
            writer.write(ogg[at : at + _PIECE])
        writer.close(PartFacts(offset_s=0.0, seconds=float(seconds)))
        subprocess.run(["age", "-r", key.recipient, "-o", str(hour.sealed), str(hour.plain)], check=True)
        yield hour


def open_ours(hour: Hour) -> Opening:
    """Open it as the app does, in a process that has loaded the app's modules."""
    done = subprocess.run(
        [sys.executable, __file__, str(hour.part), str(hour.seconds * 3 // 4)],
        input=hour.key.secret,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"the hour did not open: {done.stderr.strip()[-200:]}")
    return Opening(**json.loads(done.stdout))


def open_peers(hour: Hour) -> Opening:
    """Decrypt it with age, and decode the last quarter with ffmpeg."""
    with tempfile.NamedTemporaryFile("w", encoding="ascii") as identity:
        identity.write(f"{hour.key.secret}\n")
        identity.flush()
        unseal = ["age", "-d", "-i", identity.name, str(hour.sealed)]
        began_s = time.monotonic()
        # A pipe cannot be seeked: ffmpeg decodes what comes before, and drops it.
        late = (*_READ, "-ss", str(hour.seconds * 3 // 4), "-t", str(_HEARD_S), *_AS_PCM)
        with (
            subprocess.Popen(unseal, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as age,
            subprocess.Popen(["ffmpeg", *late], stdin=age.stdout, stdout=subprocess.PIPE) as ffmpeg,
        ):
            age.stdout.close()
            heard = ffmpeg.stdout.read(_PIECE)
            late_ms = (time.monotonic() - began_s) * 1000
            heard += ffmpeg.stdout.read()
        _expect_heard(heard, hour.seconds * 3 // 4)
        began_s = time.monotonic()
        with subprocess.Popen(unseal, stdout=subprocess.PIPE) as age:
            # More data than a pipe holds remains when memory is read, so the process has not ended yet.
            whole = age.stdout.read(hour.plain.stat().st_size - _LEFT)
            peak = peak_mb(age.pid)
            whole += age.stdout.read()
        whole_ms = (time.monotonic() - began_s) * 1000
    return Opening(late_ms, whole_ms, peak + len(whole) / (1 << 20))


def _expect_heard(pcm: bytes, second: int) -> None:
    found = [one.second for one in watermark.find(np.frombuffer(pcm, "<i2").astype("float32") / 32768)]
    if second not in found and second + 1 not in found:
        raise DidNotRun(f"second {second} was not heard, but {found}")


@dataclass(frozen=True)
class Recovered:
    """Seconds that can still be decoded: ours, sealed by age, unencrypted."""

    ours_s: float
    sealed_peer_s: float
    plain_peer_s: float


def flip_a_byte(hour: Hour) -> Recovered:
    """Change the byte in the middle of each file, and decode the rest with the same decoder."""
    for path in (hour.part / names.AUDIO, hour.sealed, hour.plain):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    opened = (
        playable.playable_audio(read_part(hour.part, [hour.key.secret])).ogg,
        unsealed(hour.sealed, hour.key),
        hour.plain.read_bytes(),
    )
    return Recovered(*(float(_seconds_heard(ogg)) for ogg in opened))


def _seconds_heard(ogg: bytes) -> int:
    with tempfile.TemporaryFile() as file:
        file.write(ogg)
        file.seek(0)
        found: set[int] = set()
        with subprocess.Popen(["ffmpeg", *_READ, *_AS_PCM], stdin=file, stdout=subprocess.PIPE) as decoder:
            left = b""
            while piece := decoder.stdout.read(_LOOKED_AT_S * watermark.RATE_HZ * 2):
                sound = np.frombuffer(left + piece, "<i2").astype("float32") / 32768
                found |= {one.second for one in watermark.find(sound)}
                # A second may cross the edge.
                left = piece[-watermark.RATE_HZ * 4 :]
        return len(found)


def _open(part: Path, from_s: int) -> None:
    """Run our side: all of it in memory, then sound from the last quarter on, in a process as warm as the app."""
    secret, tenth = sys.stdin.read(), watermark.RATE_HZ // 10
    before_mb = peak_mb()
    ogg, whole_ms = _timed(lambda: read_part(part, [secret]).ogg)
    whole_mb = peak_mb() - before_mb

    def hear() -> None:
        with soundfile.SoundFile(io.BytesIO(read_part(part, [secret]).ogg)) as file:
            file.seek(from_s * watermark.RATE_HZ)
            file.buffer_read(tenth, dtype="int16")

    def hear_by_child() -> bytes:
        stream = open_pcm(read_part(part, [secret]).ogg, float(from_s))
        return stream.read(tenth * 2)

    _, late_ms = _timed(hear)
    _, by_child_ms = _timed(hear_by_child)
    stream = open_pcm(ogg, float(from_s))
    _expect_heard(stream.read(round(_HEARD_S * watermark.RATE_HZ) * 2), from_s)
    print(json.dumps(asdict(Opening(late_ms, whole_ms, whole_mb, by_child_ms))), flush=True)
    # A further decoder's output is not needed.
    os._exit(0)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    """Return the result of a call, and its milliseconds."""
    began_s = time.monotonic()
    came = act()
    return came, (time.monotonic() - began_s) * 1000


if __name__ == "__main__":
    _open(Path(sys.argv[1]), int(sys.argv[2]))
