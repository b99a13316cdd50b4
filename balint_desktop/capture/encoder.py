"""Encode audio as Ogg Opus, page by page and append-only, and track the time at which each page ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import soundfile

from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.ogg.page import NO_PACKET_ENDS, head_at

DEFAULT_BIT_RATE = 24_000
"""Enough for speech in a room (PESQ 4.2); 32,000 if a transcript is wanted."""
# libsndfile: bits per second and channel = 6000 + (1 - compression level) * 250000.
_LOWEST_BIT_RATE = 6_000
_BIT_RATE_SPAN = 250_000
# sndfile.h: SFC_SET_OGG_PAGE_LATENCY_MS, a double. Its default would lose whole seconds in a power cut.
_SET_PAGE_LATENCY_MS = 0x1302
PAGE_MS = 200.0
"""Audio per page while recording: what a power cut may lose in addition to the last tail."""


class OggSink:
    """File object that libsndfile writes to. libsndfile swallows errors, so the first one is stored in `error`."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._position = 0
        self._granule = 0
        self._ends: deque[tuple[int, float]] = deque()
        self._sealed_s = 0.0
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        """Write the next bytes. Called by libsndfile."""
        head = head_at(data)
        if head is not None:
            # A new page starts, so the one before it is complete.
            self._ends.append((self._position, self._granule / RATE_HZ))
            if head.granule != NO_PACKET_ENDS:
                self._granule = head.granule
        try:
            self._write(data)
        except Exception as error:  # noqa: BLE001  called from C, which an exception must not cross
            self.error = self.error or error
        self._position += len(data)
        return len(data)

    def seconds_at(self, plain_bytes: int) -> float:
        """Return the duration of the whole pages in the first `plain_bytes` bytes. Call with increasing values."""
        while self._ends and self._ends[0][0] <= plain_bytes:
            self._sealed_s = self._ends.popleft()[1]
        return self._sealed_s

    def tell(self) -> int:
        """Return the position. Called by libsndfile."""
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay at the end, since sealed data cannot be changed. Called by libsndfile to get the length."""
        del offset, whence
        return self._position

    def read(self, size: int) -> bytes:
        """Return nothing. Called by libsndfile."""
        del size
        return b""


class OpusEncoder:
    """Encodes mono audio into a sink."""

    def __init__(self, sink: OggSink, bit_rate: int = DEFAULT_BIT_RATE, page_ms: float = PAGE_MS) -> None:
        """Start a file at about `bit_rate` bits per second, with pages of `page_ms` ms (at most one second)."""
        level = 1 - (bit_rate - _LOWEST_BIT_RATE) / _BIT_RATE_SPAN
        self._sink = sink
        self._file: Any = soundfile.SoundFile(
            sink, "w", RATE_HZ, 1, format="OGG", subtype="OPUS", compression_level=min(1.0, max(0.0, level))
        )
        page_ms = soundfile._ffi.new("double*", page_ms)  # noqa: SLF001  soundfile has no name for this command
        soundfile._snd.sf_command(self._file._file, _SET_PAGE_LATENCY_MS, page_ms, 8)  # noqa: SLF001

    def write(self, sound: bytes) -> None:
        """Encode int16 audio. Raise the sink's error."""
        self._file.buffer_write(sound, dtype="int16")
        self._raise_error()

    def write_fractions(self, sound: bytes) -> None:
        """Encode float32 audio between -1 and 1, which preserves very quiet signals. Raise the sink's error."""
        self._file.buffer_write(sound, dtype="float32")
        self._raise_error()

    def close(self) -> None:
        """Write the last page. Raise the sink's error."""
        self._file.close()
        self._raise_error()

    def _raise_error(self) -> None:
        if self._sink.error is not None:
            raise self._sink.error
