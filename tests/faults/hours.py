"""Sealed sound of any length without waiting for it: the signal, encoded as the recorder does and sealed as it goes."""

from __future__ import annotations

from pathlib import Path

import watermark

from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Track
from balint_desktop.sealed.keys import Identity, new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts


def sealed_signal(folder: Path, seconds: int) -> Identity:
    """Seal so many seconds of the signal as one part, closed properly, and return the key that opens it."""
    key = new_identity()
    writer = PartWriter(folder, [key.recipient])
    track = Track(writer.write, DEFAULT_BIT_RATE)
    blocks = watermark.RATE_HZ // BLOCK_FRAMES
    size = BLOCK_FRAMES * 2
    for second, sound in zip(range(seconds), watermark.endless(), strict=False):
        for place in range(blocks):
            at_s = second + place / blocks
            track.take(Block(sound[place * size : (place + 1) * size], at_s), 0.0)
    track.close(0.0)
    writer.close(PartFacts(offset_s=0.0, device="", seconds=track.seconds, marks=track.marks, dropped=0))
    return key
