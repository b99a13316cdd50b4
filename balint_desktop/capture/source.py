"""The microphone: blocks of sound in a bounded queue, put there by PortAudio's own thread and nobody else."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from balint_desktop.capture import portaudio
from balint_desktop.capture.portaudio import RATE_HZ
from balint_desktop.domain.trouble import Trouble, TroubleCode

BLOCK_FRAMES = 4800
"""A tenth of a second."""
FRAME_BYTES = 2
_QUEUE_S = 60
# PortAudio hangs for ever when the sound server stands still; a healthy stream closes in a fraction of this.
_CLOSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Block:
    """Sound (int16, mono) and when it came, by the machine's steady clock in seconds."""

    sound: bytes
    came_s: float


class Source:
    """One open microphone. It never reads: it is called back, appends, and counts."""

    def __init__(self, device: str | None) -> None:
        self._wanted = device
        self._stream: Any = None
        self._blocks: deque[Block] = deque()
        self._arrived = threading.Condition()
        self.device_name = ""
        self.latency_s = 0.0
        self.last_came_s = 0.0
        self.dropped = 0

    def open(self) -> None:
        """Open the microphone and start. Raise Trouble."""
        sounddevice = portaudio.library()
        device = portaudio.find_input(self._wanted)
        try:
            stream = sounddevice.RawInputStream(
                device=device.number,
                samplerate=RATE_HZ,
                channels=1,
                dtype="int16",
                blocksize=BLOCK_FRAMES,
                latency="high",
                extra_settings=portaudio.host_settings(device.number),
                callback=self._on_block,
            )
            self.last_came_s = time.monotonic()
            stream.start()
        except sounddevice.PortAudioError as error:
            raise portaudio.trouble_of(error) from error
        self._stream = stream
        self.device_name = device.name
        self.latency_s = float(stream.latency)

    def _on_block(self, sound: Any, _frames: int, _time: Any, status: Any) -> None:
        """Take one block. Runs on PortAudio's thread: no work here."""
        now_s = time.monotonic()
        if status.input_overflow:
            self.dropped += 1
        with self._arrived:
            if len(self._blocks) * BLOCK_FRAMES >= _QUEUE_S * RATE_HZ:
                self.dropped += 1
            else:
                self._blocks.append(Block(bytes(sound), now_s))
            self.last_came_s = now_s
            self._arrived.notify()

    def take(self, wait_s: float) -> list[Block]:
        """Return the blocks that have come, waiting so long for the first; none where none came."""
        with self._arrived:
            if not self._blocks:
                self._arrived.wait(wait_s)
            taken = list(self._blocks)
            self._blocks.clear()
        return taken

    @property
    def is_active(self) -> bool:
        """Tell whether PortAudio still means to call back."""
        return self._stream is not None and bool(self._stream.active)

    def close(self) -> None:
        """Close the microphone. Raise Trouble SOUND_SYSTEM_FROZEN where that does not come to an end."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        closing = threading.Thread(target=_close, args=(stream,), name="closing the microphone", daemon=True)
        closing.start()
        closing.join(_CLOSE_S)
        if closing.is_alive():
            raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN)


def _close(stream: Any) -> None:
    sounddevice = portaudio.library()
    try:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)
    except sounddevice.PortAudioError:
        # It is going away; what it thinks of that changes nothing.
        return
