"""What of a recording may be heard: its sound alone, never what was paused, removed, lost or damaged."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.transcript.spans import Span
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind

FRAMES_A_MS = 48
_BYTES_A_FRAME = 2
_CHUNK_MS = 10_000


class ReadSound(Protocol):
    """Decode a stretch of a part."""

    def __call__(self, part: int, at: int, frames: int) -> bytes:
        """Return a part's sound (int16, 48 kHz, mono) from a frame; fewer frames at its end. Raise Trouble."""
        ...


@dataclass(frozen=True, slots=True)
class AudibleStretch:
    """A stretch of sound in session milliseconds, and where it begins in its part."""

    from_ms: int
    until_ms: int
    part: int
    part_from_ms: int


def audible_stretches(joined: JoinedRecording) -> tuple[AudibleStretch, ...]:
    """Return the stretches that may be heard; what was removed has its margin already, and rounding takes no more."""
    return tuple(
        AudibleStretch(
            begin, end, stretch.part, round(1000 * stretch.part_from_s) + begin - round(1000 * stretch.from_s)
        )
        for stretch in joined.stretches
        if stretch.kind is StretchKind.SOUND and stretch.part is not None
        for begin, end in [_inside(stretch.from_s, stretch.until_s)]
        if end > begin
    )


def audible_spans(joined: JoinedRecording) -> tuple[Span, ...]:
    """Return the spans that may be heard, in session milliseconds."""
    return tuple((one.from_ms, one.until_ms) for one in audible_stretches(joined))


def unavailable_spans(joined: JoinedRecording) -> tuple[Span, ...]:
    """Return the spans of a recording that cannot be heard, whatever the reason: they have one form in a text."""
    return tuple(
        (math.floor(1000 * stretch.from_s), math.ceil(1000 * stretch.until_s))
        for stretch in joined.stretches
        if stretch.kind is not StretchKind.SOUND
    )


class AudibleSound:
    """Sound of a recording by session time, from audible stretches alone."""

    def __init__(self, stretches: tuple[AudibleStretch, ...], read: ReadSound) -> None:
        self.stretches = stretches
        self._read = read

    def chunks(self, stretch: AudibleStretch) -> Iterator[tuple[bytes, bool]]:
        """Yield a stretch's sound in pieces, each with whether it is the last. Raise Trouble."""
        at = stretch.from_ms
        while True:
            until = min(at + _CHUNK_MS, stretch.until_ms)
            yield self._sound(stretch, at, until), until == stretch.until_ms
            if until == stretch.until_ms:
                return
            at = until

    def between(self, from_ms: int, until_ms: int) -> bytes:
        """Return the sound between two moments of one stretch. Raise Trouble; ValueError for any other moments."""
        for stretch in self.stretches:
            if stretch.from_ms <= from_ms and until_ms <= stretch.until_ms:
                return self._sound(stretch, from_ms, until_ms)
        raise ValueError(f"{from_ms} to {until_ms} is not within a stretch that may be heard")

    def _sound(self, stretch: AudibleStretch, from_ms: int, until_ms: int) -> bytes:
        frames = (until_ms - from_ms) * FRAMES_A_MS
        at = (stretch.part_from_ms + from_ms - stretch.from_ms) * FRAMES_A_MS
        sound = self._read(stretch.part, at, frames)
        # A part that ends early goes on in silence, as when it is played.
        return sound + bytes(frames * _BYTES_A_FRAME - len(sound))


def _inside(from_s: float, until_s: float) -> Span:
    """Return a span in whole milliseconds that does not reach out of it."""
    return math.ceil(1000 * from_s), math.floor(1000 * until_s)
