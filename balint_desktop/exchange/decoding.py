"""How a joined recording becomes sound: PCM from any moment on, silences as silence, nothing on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from balint_desktop.exchange.joining import Joined, Kind, Stretch
from balint_desktop.exchange.ogg import whole_pages

RATE_HZ = 48_000
BYTES_A_FRAME = 2
_CHUNK_FRAMES = RATE_HZ // 2


class PcmStream(Protocol):
    """The sound of one part as it is decoded: int16, 48 kHz, mono."""

    def read(self, size: int) -> bytes:
        """Return as many bytes as asked for, or fewer at the end. Raise Trouble where decoding failed."""
        ...

    def close(self) -> None:
        """Stop decoding."""
        ...


class OpenPcm(Protocol):
    """Starts decoding a part's Ogg Opus."""

    def __call__(self, ogg: bytes, from_s: float) -> PcmStream:
        """Return the sound from that second of the part on."""
        ...


def pcm(joined: Joined, sounds: Mapping[int, bytes], open_pcm: OpenPcm) -> Iterator[bytes]:
    """Yield the recording's sound piece by piece. Close the generator to stop early.

    `sounds` holds each part's Ogg Opus. Every stretch has exactly its length, so that file time stays session time:
    a part whose sound ends early is followed by silence.
    """
    reel = _Reel(sounds, open_pcm)
    begin_s = joined.from_s
    try:
        for stretch in joined.stretches:
            frames = _frames(stretch.until_s - begin_s) - _frames(stretch.from_s - begin_s)
            yield from reel.sound(stretch, frames) if stretch.kind is Kind.SOUND else _silence(frames)
    finally:
        reel.close()


def frames_of(joined: Joined) -> int:
    """Return how many frames `pcm` yields in all."""
    return _frames(joined.seconds)


def _frames(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def _silence(frames: int) -> Iterator[bytes]:
    while frames > 0:
        now = min(frames, _CHUNK_FRAMES)
        yield bytes(now * BYTES_A_FRAME)
        frames -= now


class _Reel:
    """The stretch that is being decoded. What is not to be heard is not decoded at all."""

    def __init__(self, sounds: Mapping[int, bytes], open_pcm: OpenPcm) -> None:
        self._sounds = sounds
        self._open_pcm = open_pcm
        self._stream: PcmStream | None = None

    def sound(self, stretch: Stretch, frames: int) -> Iterator[bytes]:
        """Yield exactly so many frames of the stretch's sound."""
        self.close()
        ogg = whole_pages(self._sounds.get(stretch.part or 0, b""))
        if ogg:
            self._stream = self._open_pcm(ogg, stretch.part_from_s)
        while frames > 0 and self._stream is not None:
            piece = self._stream.read(min(frames, _CHUNK_FRAMES) * BYTES_A_FRAME)
            whole = len(piece) // BYTES_A_FRAME
            if whole == 0:
                break
            yield piece[: whole * BYTES_A_FRAME]
            frames -= whole
        self.close()
        yield from _silence(frames)

    def close(self) -> None:
        """Stop decoding the part at hand."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
