"""Decode a joined recording to PCM from any position, with silence in the gaps; nothing is written to the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from balint_desktop.ogg.duration import whole_pages
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch

BYTES_A_FRAME = 2
_CHUNK_FRAMES = RATE_HZ // 2
# A small first piece keeps the delay before playback short.
_FIRST_FRAMES = RATE_HZ // 10


class PcmStream(Protocol):
    """Decoded sound of one part: int16, 48 kHz, mono."""

    def read(self, size: int) -> bytes:
        """Return `size` bytes, or fewer at the end. Raise Trouble if decoding failed."""
        ...

    def close(self) -> None:
        """Stop decoding."""
        ...


class OpenPcm(Protocol):
    """Start decoding a part's Ogg Opus."""

    def __call__(self, ogg: bytes, from_s: float) -> PcmStream:
        """Return the part's audio from a position in seconds."""
        ...


class OpenPart(Protocol):
    """Start decoding a part by its number."""

    def __call__(self, part: int, from_s: float) -> PcmStream | None:
        """Return a part's audio from a position in seconds, None if the part has none."""
        ...


def decode_pcm(joined: JoinedRecording, sounds: Mapping[int, bytes], open_pcm: OpenPcm) -> Iterator[bytes]:
    """Yield the recording's audio in pieces. Close the generator to stop early.

    `sounds` holds each part's Ogg Opus. Every stretch has exactly its length, so that file time equals session time: a
    part whose audio ends early is followed by silence.
    """

    def open_part(part: int, from_s: float) -> PcmStream | None:
        ogg = whole_pages(sounds.get(part, b""))
        return open_pcm(ogg, from_s) if ogg else None

    return pcm_by_part(joined, open_part)


def pcm_by_part(joined: JoinedRecording, open_part: OpenPart) -> Iterator[bytes]:
    """Yield audio as `decode_pcm` does, opening each part by its number. Silenced stretches are not decoded."""
    begin_s = joined.from_s
    for stretch in joined.stretches:
        frames = _frames(stretch.until_s - begin_s) - _frames(stretch.from_s - begin_s)
        yield from _sound(stretch, frames, open_part) if stretch.kind is StretchKind.SOUND else _silence(frames)


def count_frames(joined: JoinedRecording) -> int:
    """Return how many frames `decode_pcm` yields."""
    return _frames(joined.seconds)


def _frames(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def _silence(frames: int) -> Iterator[bytes]:
    while frames > 0:
        now = min(frames, _CHUNK_FRAMES)
        yield bytes(now * BYTES_A_FRAME)
        frames -= now


def _sound(stretch: TimelineStretch, frames: int, open_part: OpenPart) -> Iterator[bytes]:
    """Yield exactly that many frames of a stretch's audio, padded with silence."""
    stream = open_part(stretch.part or 0, stretch.part_from_s)
    chunk = _FIRST_FRAMES
    try:
        while frames > 0 and stream is not None:
            piece = stream.read(min(frames, chunk) * BYTES_A_FRAME)
            chunk = _CHUNK_FRAMES
            whole = len(piece) // BYTES_A_FRAME
            if whole == 0:
                break
            yield piece[: whole * BYTES_A_FRAME]
            frames -= whole
    finally:
        if stream is not None:
            stream.close()
    yield from _silence(frames)
