"""The loudspeaker: sound in a queue, taken by PortAudio's own thread."""

from __future__ import annotations

import contextlib
import threading
from typing import Any

from balint_desktop.capture import portaudio
from balint_desktop.capture.timeouts import within
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_FRAME_BYTES = 2
_BLOCK_FRAMES = 4800
_OPEN_S = 10.0
_CLOSE_S = 1.0


class Loudspeaker:
    """Plays mono int16 at 48 kHz as it comes."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._waiting = bytearray()
        self._guard = threading.Lock()
        self._ended = False
        self._played_bytes = 0
        self._over = threading.Event()
        self.latency_s = 0.0
        """How long it takes from taking sound to letting it be heard, as PortAudio has it."""

    def open(self) -> None:
        """Open the system's default loudspeaker. Raise Trouble NO_LOUDSPEAKER."""
        within(_OPEN_S, self._open)

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

    def put(self, sound: bytes) -> None:
        """Play this after what waits."""
        with self._guard:
            self._waiting += sound

    def drop(self) -> None:
        """Forget what waits to be played."""
        with self._guard:
            self._waiting.clear()

    @property
    def waiting_s(self) -> float:
        """Return how many seconds of sound wait to be handed to the loudspeaker."""
        with self._guard:
            return len(self._waiting) / _FRAME_BYTES / RATE_HZ

    def no_more(self) -> None:
        """Be over once what waits has been played."""
        self._ended = True

    @property
    def played_s(self) -> float:
        """Return how many seconds of sound have been handed to the loudspeaker."""
        return self._played_bytes / _FRAME_BYTES / RATE_HZ

    @property
    def is_over(self) -> bool:
        """Tell whether everything has been played."""
        return self._over.is_set()

    def _on_block(self, out: Any, _frames: int, _time: Any, _status: Any) -> None:
        """Fill one block. Runs on PortAudio's thread."""
        sounddevice = portaudio.library()
        with self._guard:
            sound = bytes(self._waiting[: len(out)])
            del self._waiting[: len(sound)]
        out[: len(sound)] = sound
        out[len(sound) :] = bytes(len(out) - len(sound))
        self._played_bytes += len(sound)
        if self._ended and not sound:
            raise sounddevice.CallbackStop

    def close(self) -> None:
        """Be silent at once. A sound system that hangs is left hanging."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(Trouble):
                within(_CLOSE_S, lambda: portaudio.close(stream))
