"""Decode Ogg Opus to PCM (int16, 48 kHz, mono) from any frame. In child processes only."""

from __future__ import annotations

import io

import soundfile

from balint_desktop.ogg.packet import RATE_HZ

FRAME_BYTES = 2


class NotOpusError(Exception):
    """The data is not Ogg Opus with one channel at 48 kHz."""


class Decoder:
    """Decodes one file in memory. A truncated file is decoded as far as it goes. Raises NotOpusError."""

    def __init__(self, ogg: bytes) -> None:
        try:
            self._sound = soundfile.SoundFile(io.BytesIO(ogg))
        except soundfile.LibsndfileError as error:
            raise NotOpusError from error
        if self._sound.channels != 1 or self._sound.samplerate != RATE_HZ:
            self._sound.close()
            raise NotOpusError
        self._at = 0

    def read(self, frames: int, at: int | None = None) -> bytes:
        """Return up to `frames` frames from a position, by default where the last call ended. Raise NotOpusError."""
        buffer = bytearray(frames * FRAME_BYTES)
        try:
            if at is not None and at != self._at:
                self._at = self._sound.seek(min(at, self._sound.frames))
            # Not buffer_read: it asserts that all frames promised by the last page are present.
            done = self._sound.buffer_read_into(buffer, dtype="int16")
        except soundfile.LibsndfileError as error:
            raise NotOpusError from error
        self._at += done
        return bytes(memoryview(buffer)[: done * FRAME_BYTES])
