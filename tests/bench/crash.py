"""The cost of a kill -9: our recorder, ffmpeg piped into age, and ffmpeg alone, on one microphone, killed at once."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import watermark
from faults.room import Room
from processes import DidNotRun, environment
from recording import MICROPHONE, ffmpeg_alone, ffmpeg_into_age

from balint_desktop.command import own_command
from balint_desktop.recordings import playable
from balint_desktop.rehearsal.virtual_microphone import DEVICE
from balint_desktop.sealed.keys import Identity, new_identity
from balint_desktop.sealed.reading import read_part

AIM_S = 2.0
_MOMENT_S = (5.0, 30.0)


@dataclass(frozen=True)
class Left:
    """Seconds of sound missing after the same kill: ours, ffmpeg into age, ffmpeg alone."""

    ours_s: float
    sealed_peer_s: float
    plain_peer_s: float


def killed(room: Room, lots: random.Random) -> Left:
    """Let all three record, kill them at one random moment, and measure how far each can be read."""
    ours, theirs = new_identity(), new_identity()
    with tempfile.TemporaryDirectory() as folder:
        part, sealed, plain = (Path(folder) / name for name in ("01", "peer.age", "peer.ogg"))
        with (
            _ours(part, ours) as recorder,
            ffmpeg_into_age(MICROPHONE, sealed, theirs) as pipe,
            ffmpeg_alone(plain) as alone,
        ):
            all_three = (recorder, *pipe, alone)
            began_s = time.monotonic()
            time.sleep(lots.uniform(*_MOMENT_S))
            if any(process.poll() is not None for process in all_three):
                raise DidNotRun("a recording ended before it was killed")
            for process in all_three:
                process.kill()
            heard, began = (room.witness.heard_by(at_s) for at_s in (time.monotonic(), began_s))
            for process in all_three:
                process.wait()
        opened = (
            playable.playable_audio(read_part(part, [ours.secret])).ogg,
            unsealed(sealed, theirs),
            plain.read_bytes(),
        )
    return Left(*(heard - (watermark.reaches(heard_in(ogg)) or began) for ogg in opened))


def heard_in(ogg: bytes) -> np.ndarray:
    """Return the sound that libopus decodes from a truncated file, -1 to 1: one decoder for all three.

    ffmpeg's own Opus decoder distorts the numbered seconds at this bit rate, so that none is found again.
    """
    decode = ["ffmpeg", "-v", "quiet", "-c:a", "libopus", "-i", "-", "-f", "s16le", "-ac", "1", "-ar", "48000", "-"]
    pcm = subprocess.run(decode, input=ogg, capture_output=True, check=False).stdout
    return np.frombuffer(pcm, "<i2").astype("float32") / 32768


def unsealed(sealed: Path, key: Identity) -> bytes:
    """Return the bytes that stock age decrypts from a file before it stops."""
    with tempfile.NamedTemporaryFile("w", encoding="ascii") as identity:
        identity.write(f"{key.secret}\n")
        identity.flush()
        done = subprocess.run(["age", "-d", "-i", identity.name, str(sealed)], capture_output=True, check=False)
    return done.stdout


@contextmanager
def _ours(part: Path, key: Identity) -> Iterator[subprocess.Popen[bytes]]:
    command = own_command("recorder", "--to", str(part), "--device", DEVICE, "--recipient", key.recipient)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as recorder:
        # The others start within a moment; ours has to load its modules first.
        first = json.loads(recorder.stdout.readline() or "{}")
        if "seconds" not in first:
            raise DidNotRun("the recorder hears nothing")
        yield recorder
