"""The cost of encoding and sealing alone, and the resulting size: the same sound as fast as possible.

Run as a program it is our side: all that the recorder does with sound, but for the microphone and the status lines.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from processes import DidNotRun, environment
from recording import ffmpeg_into_age
from table import slope

_BLOCKS_A_TAIL = 12


@dataclass(frozen=True)
class Encoded:
    """The cost of an hour of sound."""

    cpu_s: float
    mb: float


def encode_ours(sound: Path, lengths_s: tuple[float, float]) -> Encoded:
    """Encode and seal with our own parts."""

    def run(folder: Path, seconds: float) -> float:
        command = [sys.executable, __file__, str(sound), str(seconds), str(folder / "01")]
        return _cpu_s(subprocess.Popen(command, env=environment()))

    return _an_hour(run, lengths_s)


def encode_peers(sound: Path, lengths_s: tuple[float, float]) -> Encoded:
    """Encode with ffmpeg and seal with age."""

    def run(folder: Path, seconds: float) -> float:
        with ffmpeg_into_age(("-t", str(seconds), "-i", str(sound)), folder / "audio.opus.age") as both:
            return sum(_cpu_s(process) for process in both)

    return _an_hour(run, lengths_s)


def _an_hour(run: Callable[[Path, float], float], lengths_s: tuple[float, float]) -> Encoded:
    """Return the slopes between two lengths, which excludes starting up."""
    cpu, size = [], []
    for seconds in lengths_s:
        with tempfile.TemporaryDirectory() as folder:
            cpu.append((seconds, run(Path(folder), seconds)))
            size.append((seconds, sum(path.stat().st_size for path in Path(folder).rglob("*.age"))))
    return Encoded(slope(*cpu) * 3600, slope(*size) * 3600 / 1e6)


def _cpu_s(process: subprocess.Popen[bytes]) -> float:
    """Return the processor time of a process that has ended."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise DidNotRun(f"{process.args[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def _encode(sound: str, seconds: float, folder: str) -> None:
    """Run our side: block by block as recorded, with a tail every 1.2 s of sound."""
    from balint_desktop.capture.encoder import DEFAULT_BIT_RATE  # noqa: PLC0415  only the child needs them
    from balint_desktop.capture.source import BLOCK_FRAMES, Block  # noqa: PLC0415
    from balint_desktop.capture.track import Track  # noqa: PLC0415
    from balint_desktop.sealed.keys import new_identity  # noqa: PLC0415
    from balint_desktop.sealed.part import PartWriter  # noqa: PLC0415
    from balint_desktop.sealed.part_facts import PartFacts  # noqa: PLC0415

    writer = PartWriter(Path(folder), [new_identity().recipient])
    track = Track(writer.write, DEFAULT_BIT_RATE)
    with wave.open(sound) as played:
        for number in range(round(seconds * played.getframerate() / BLOCK_FRAMES)):
            track.write_block(
                Block(played.readframes(BLOCK_FRAMES), number * BLOCK_FRAMES / played.getframerate()), 0.0
            )
            if number % _BLOCKS_A_TAIL == 0:
                writer.write_tail()
    track.close(0.0)
    writer.close(PartFacts(offset_s=0.0, device="", seconds=track.seconds, marks=track.marks, dropped=0))


if __name__ == "__main__":
    _encode(sys.argv[1], float(sys.argv[2]), sys.argv[3])
