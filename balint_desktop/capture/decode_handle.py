"""Decode and encode audio in child processes, which hold one piece of audio and no key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balint_desktop.capture.sound_child import SoundChild


def open_pcm(ogg: bytes, from_s: float = 0.0) -> SoundChild:
    """Decode an Ogg Opus file from a position in seconds. Read int16, 48 kHz, mono audio from the child returned."""
    return SoundChild("decode", "--from", f"{from_s:.6f}", feed=(ogg,))


def encode_pcm(pcm: Iterable[bytes], bit_rate: int = 48_000) -> Iterator[bytes]:
    """Encode audio (int16, 48 kHz, mono), and yield the Ogg Opus file in pieces. Raise Trouble CHILD_FAILED."""
    child = SoundChild("encode", "--bit-rate", str(bit_rate), feed=pcm)
    try:
        yield from child.chunks()
    finally:
        child.close()
