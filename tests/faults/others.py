"""Losses without a kill: a byte that changed on disk, and a recording half destroyed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from faults.hours import sealed_speech
from faults.room import Room
from faults.stage import samples
from faults.table import Row, Try
from key_deaths import kill_adding_a_reader, kill_destroying, kill_renewing
from killing import Deaths

from balint_desktop.capture.portaudio import RATE_HZ
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.sealed import names
from balint_desktop.sealed.reading import read_part
from balint_desktop.sealed.stream import CHUNK

_APART = 0.01
Kill = Callable[[Path, int], Deaths]
# A chunk crosses seconds: the two it only touches count as lost. So does the one in which the decoder, which
# depends on earlier packets, recovers.
_TOUCHED_S = 3.0


def flipped_byte(_room: Room, times: int, say: Callable[[str], None]) -> Row:
    """Change one byte in the middle of sealed speech, and count the seconds that sound different."""
    lots = random.Random(times)
    tries = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        part = Path(folder) / "01"
        key = sealed_speech(part, Path(folder) / "speech.wav")
        path = part / names.AUDIO
        sealed = path.read_bytes()
        whole = samples(playable_audio(read_part(part, [key.secret])).ogg)
        seconds = len(whole) // RATE_HZ
        for _ in range(times):
            at = lots.randrange(len(sealed) // 4, len(sealed) * 3 // 4)
            path.write_bytes(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
            left = samples(playable_audio(read_part(part, [key.secret])).ogg)
            tries.append(Try(lost_s=float(seconds - _alike(whole, left, seconds))))
            say(f"A flipped byte: {tries[-1]}")
    # How many seconds the 64 KiB of a chunk hold depends on what is said in them.
    chunk_s = CHUNK * seconds / len(sealed)
    text = f"of {seconds} s; one chunk is {chunk_s:.0f} s"
    return Row("A byte flipped in the middle of speech", tries, text, at_most_s=round(chunk_s + _TOUCHED_S, 1))


def _alike(whole: np.ndarray, left: np.ndarray, seconds: int) -> int:
    """Return how many seconds are the same in both, to a hundredth of full scale."""
    both = min(len(whole), len(left)) // RATE_HZ
    apart = np.abs(whole[: both * RATE_HZ] - left[: both * RATE_HZ]).reshape(both, RATE_HZ).max(axis=1)
    return int(np.count_nonzero(apart[:seconds] < _APART))


def destroyed_half_way(_room: Room, times: int, say: Callable[[str], None]) -> Row:
    """Kill the app while it destroys two recordings, and check that the next start finishes it."""
    return _killed("Killed while recordings are destroyed", kill_destroying, times, say)


def renewed_half_way(_room: Room, times: int, say: Callable[[str], None]) -> Row:
    """Kill the app while it renews the keys; the next start continues, and every recording opens."""
    return _killed("Killed while the keys are renewed", kill_renewing, times, say)


def resealed_half_way(_room: Room, times: int, say: Callable[[str], None]) -> Row:
    """Kill the app while it seals earlier recordings to another reader."""
    return _killed("Killed while a reader is added", kill_adding_a_reader, times, say)


def _killed(name: str, kill: Kill, times: int, say: Callable[[str], None]) -> Row:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        try:
            deaths = kill(Path(folder), times)
        except AssertionError as error:
            return Row(name, [Try(failed=(f"lost or left half: {error}",))])
    say(f"{name}: {deaths}")
    return Row(name, [Try(facts=0)] * times, f"{deaths.killed} of {times} were killed before they were through")
