"""How the app has sound decoded and encoded: by children, which hold one piece of sound and no key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balint_desktop.capture.sound_child import SoundChild


def open_pcm(ogg: bytes, from_s: float = 0.0) -> SoundChild:
    """Return the sound of an Ogg Opus file from a second on: int16, 48 kHz, mono, read as it is decoded."""
    return SoundChild("decode", "--from", f"{from_s:.6f}", feed=(ogg,))


def encoded(pcm: Iterable[bytes], bit_rate: int = 48_000) -> Iterator[bytes]:
    """Yield the Ogg Opus file that a sound becomes (int16, 48 kHz, mono)."""
    child = SoundChild("encode", "--bit-rate", str(bit_rate), feed=pcm)
    try:
        yield from child.chunks()
    finally:
        child.close()
