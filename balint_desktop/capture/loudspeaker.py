"""Play audio on the loudspeaker: PortAudio's own thread reads it from a queue."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

from balint_desktop.capture import portaudio
from balint_desktop.capture.timeouts import call_with_timeout
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_FRAME_BYTES = 2
_BLOCK_FRAMES = 4800
_OPEN_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 1.0


class Loudspeaker:
    """The system's default loudspeaker: plays mono int16 audio at 48 kHz."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._queued = bytearray()
        self._guard = threading.Lock()
        self._finishing = False
        self._played_bytes = 0
        self._over = threading.Event()
        self.latency_s = 0.0
        """Output latency reported by PortAudio: from reading the queue to being audible."""

    def open(self) -> None:
        """Open the loudspeaker. Raise Trouble NO_LOUDSPEAKER, SOUND_SYSTEM_FROZEN."""
        call_with_timeout(_OPEN_TIMEOUT_S, self._open)

    def _open(self) -> None:
        sounddevice = portaudio.library()
        try:
            stream = sounddevice.RawOutputStream(
                samplerate=RATE_HZ,
                channels=1,
                dtype="int16",
                blocksize=_BLOCK_FRAMES,
                latency="high",
                callback=self._on_block,
                finished_callback=self._over.set,
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise Trouble(TroubleCode.NO_LOUDSPEAKER) from error
        self._stream = stream
        self.latency_s = float(stream.latency)

    def write(self, sound: bytes) -> None:
        """Queue audio."""
        with self._guard:
            self._queued += sound

    def clear(self) -> None:
        """Clear the queue."""
        with self._guard:
            self._queued.clear()

    @property
    def queued_s(self) -> float:
        """Return how many seconds of audio are queued."""
        with self._guard:
            return len(self._queued) / _FRAME_BYTES / RATE_HZ

    def finish(self) -> None:
        """End after the queue has been played."""
        self._finishing = True

    @property
    def played_s(self) -> float:
        """Return how many seconds of audio the loudspeaker has read from the queue."""
        return self._played_bytes / _FRAME_BYTES / RATE_HZ

    @property
    def is_over(self) -> bool:
        """Return whether playback has ended, after `finish` or by itself."""
        return self._over.is_set()

    def _on_block(self, out: Any, _frames: int, _time: Any, _status: Any) -> None:
        """Fill one block. Runs on PortAudio's thread."""
        sounddevice = portaudio.library()
        with self._guard:
            sound = bytes(self._queued[: len(out)])
            del self._queued[: len(sound)]
        out[: len(sound)] = sound
        out[len(sound) :] = bytes(len(out) - len(sound))
        self._played_bytes += len(sound)
        if self._finishing and not sound:
            raise sounddevice.CallbackStop

    def close(self) -> None:
        """Stop at once. A sound system that hangs is abandoned."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(Trouble):
                call_with_timeout(_CLOSE_TIMEOUT_S, lambda: portaudio.close(stream))
