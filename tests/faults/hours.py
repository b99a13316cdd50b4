"""Sealed sound of any length without real time: the signal, encoded as the recorder does and sealed on the way."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path

import watermark

from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Track
from balint_desktop.rehearsal.virtual_microphone import speech
from balint_desktop.sealed.keys import Identity, new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts

_SAID = "Somebody sat by the window for a long while and said nothing, and I did not know what to do with my hands. "


def sealed_signal(folder: Path, seconds: int) -> Identity:
    """Seal that many seconds of the signal as one closed part, and return the key that opens it."""
    sound = (piece for _second, piece in zip(range(seconds), watermark.endless(), strict=False))
    return _sealed(folder, sound)


def sealed_speech(folder: Path, spoken: Path) -> Identity:
    """Seal some two minutes of a synthetic voice as one part. Decoders recover in speech as they do in a room.

    The signal of coded tones would do less well: a codec for speech can follow a pure tone for seconds, rightly or not.
    """
    with wave.open(str(speech(spoken, _SAID * 24))) as file:
        sound = file.readframes(file.getnframes())
    second = watermark.RATE_HZ * 2
    return _sealed(folder, (sound[at : at + second] for at in range(0, len(sound) - second, second)))


def _sealed(folder: Path, sound: Iterable[bytes]) -> Identity:
    key = new_identity()
    writer = PartWriter(folder, [key.recipient])
    track = Track(writer.write, DEFAULT_BIT_RATE)
    blocks = watermark.RATE_HZ // BLOCK_FRAMES
    size = BLOCK_FRAMES * 2
    for second, piece in enumerate(sound):
        for place in range(blocks):
            at_s = second + place / blocks
            track.write_block(Block(piece[place * size : (place + 1) * size], at_s), 0.0)
    track.close(0.0)
    writer.close(PartFacts(offset_s=0.0, device="", seconds=track.seconds, marks=track.marks, dropped=0))
    return key
