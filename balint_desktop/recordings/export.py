"""Export a recording as an unencrypted sound file, Ogg Opus or WAV, with redacted stretches silent."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from balint_desktop.ogg.duration import whole_pages
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.recordings.decode import BYTES_A_FRAME, OpenPcm, count_frames, decode_pcm
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.sealed.new_file import write_new

ENDINGS = (".opus", ".wav")


class Encode(Protocol):
    """Encode PCM (int16, 48 kHz, mono) as Ogg Opus."""

    def __call__(self, pcm: Iterable[bytes]) -> Iterable[bytes]:
        """Return the file in pieces."""
        ...


def write_sound(
    path: Path, joined: JoinedRecording, sounds: Mapping[int, bytes], open_pcm: OpenPcm, encode: Encode
) -> None:
    """Write a new unencrypted sound file. Raise Trouble, or ValueError for a suffix that is not one of ENDINGS.

    A single part without redactions is written as it was recorded, without re-encoding.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"a sound file ends in {' or '.join(ENDINGS)}, not in {ending!r}")
    if ending == ".wav":
        write_new(path, _wav(joined, decode_pcm(joined, sounds, open_pcm)))
    elif joined.altered:
        write_new(path, encode(decode_pcm(joined, sounds, open_pcm)))
    else:
        write_new(path, (whole_pages(sounds[joined.stretches[0].part or 0]),))


def _wav(joined: JoinedRecording, sound: Iterable[bytes]) -> Iterator[bytes]:
    size = count_frames(joined) * BYTES_A_FRAME
    form = struct.pack("<HHIIHH", 1, 1, RATE_HZ, RATE_HZ * BYTES_A_FRAME, BYTES_A_FRAME, 8 * BYTES_A_FRAME)
    yield b"RIFF" + struct.pack("<I", 36 + size) + b"WAVE"
    yield b"fmt " + struct.pack("<I", len(form)) + form
    yield b"data" + struct.pack("<I", size)
    yield from sound
