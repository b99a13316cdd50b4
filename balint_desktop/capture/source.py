"""Read a microphone: PortAudio's own thread, and no other, puts its blocks into a bounded queue."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from balint_desktop.capture import portaudio
from balint_desktop.capture.source_moved import SourceMoveWatcher
from balint_desktop.capture.timeouts import call_with_timeout
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

BLOCK_FRAMES = 4800
"""A tenth of a second."""
FRAME_BYTES = 2
_QUEUE_S = 60
# A healthy stream opens and closes much faster. Opening may have to search for devices first.
_OPEN_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 1.0
# The sound system's own estimate may be some ms off; anything beyond these is none.
_LEAST_AGE_S, _LARGEST_AGE_S = -0.1, 5.0


@dataclass(frozen=True, slots=True)
class Block:
    """Audio (int16, mono) and the arrival time of its last sample, by the clock that counts through sleep.

    `age_s` is how long before that the last sample was heard, as the sound system measured it; None where it did not.
    """

    sound: bytes
    arrived_s: float
    age_s: float | None = None

    @property
    def frames(self) -> int:
        """Return the number of frames."""
        return len(self.sound) // FRAME_BYTES


def _age_s(time_info: Any, frames: int) -> float | None:
    """Return the age of a block's last frame by the times that PortAudio gives; None where they say nothing."""
    first_s = float(time_info.inputBufferAdcTime)
    age_s = float(time_info.currentTime) - first_s - frames / RATE_HZ
    return age_s if first_s > 0 and _LEAST_AGE_S < age_s < _LARGEST_AGE_S else None


class MicrophoneStream:
    """One open microphone. It never reads: PortAudio calls back, and the blocks are queued and counted.

    `device_name` is PortAudio's, `latency_s` the age of a sample when it arrives, and `dropped` the number of blocks
    lost to a full queue.
    """

    def __init__(
        self,
        device: str | None,
        clock: Clock,
        moves: SourceMoveWatcher | None = None,
        *,
        is_other_source: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare a microphone by its name; None is the system's default.

        `is_other_source` asks whether a sound server gave us what the computer plays in place of a microphone. It may
        take a second, and is asked after opening and after a move.
        """
        self._is_other_source = is_other_source
        self._asked_of: int | None = None
        self._is_other = False
        self._wanted = device
        self._moves = moves
        self._clock = clock
        self._stream: Any = None
        self._blocks: deque[Block] = deque()
        self._arrived = threading.Condition()
        self._last_arrived_s = 0.0
        self.device_name = ""
        self.latency_s = 0.0
        self.dropped = 0

    def open(self) -> None:
        """Open the microphone and start the stream. Raise Trouble."""
        call_with_timeout(_OPEN_TIMEOUT_S, self._open)

    def reopen(self) -> None:
        """Reopen the microphone after a loss. Raise Trouble if it is not back."""
        call_with_timeout(_OPEN_TIMEOUT_S, portaudio.renew_device_list)
        self.open()

    def _open(self) -> None:
        device = portaudio.find_input(self._wanted)
        stream = portaudio.input_stream(device, BLOCK_FRAMES, self._on_block)
        self._last_arrived_s = time.monotonic()
        self._stream = stream
        self.device_name = device.name
        self.latency_s = float(stream.latency)
        self._asked_of, self._is_other = None, False
        if self._is_other_source():
            self._stream = None
            portaudio.close(stream)
            raise Trouble(TroubleCode.NO_MICROPHONE)
        if self._moves is not None:
            self._moves.start()

    def _on_block(self, sound: Any, frames: int, time_info: Any, status: Any) -> None:
        """Queue one block. Runs on PortAudio's thread, so it does no other work."""
        arrived_s = self._clock.now().boot
        if status.input_overflow:
            self.dropped += 1
        with self._arrived:
            if len(self._blocks) * BLOCK_FRAMES >= _QUEUE_S * RATE_HZ:
                self.dropped += 1
            else:
                self._blocks.append(Block(bytes(sound), arrived_s, _age_s(time_info, frames)))
            self._last_arrived_s = time.monotonic()
            self._arrived.notify()

    def read_blocks(self, wait_s: float) -> list[Block]:
        """Return the blocks received, waiting up to `wait_s` for the first one."""
        with self._arrived:
            if not self._blocks:
                self._arrived.wait(wait_s)
            blocks = list(self._blocks)
            self._blocks.clear()
        return blocks

    @property
    def is_active(self) -> bool:
        """Return whether the stream is running: PortAudio still calls back, and a microphone is what it hears."""
        return self._stream is not None and portaudio.is_active(self._stream) and not self._has_moved_to_other()

    def _has_moved_to_other(self) -> bool:
        if self._moves is None or not self._moves.moved:
            return False
        if self._moves.now != self._asked_of:
            self._asked_of, self._is_other = self._moves.now, self._is_other_source()
        return self._is_other

    @property
    def since_block_s(self) -> float:
        """Return the time since the last block, in seconds."""
        return time.monotonic() - self._last_arrived_s

    @property
    def moved(self) -> bool:
        """Return whether a sound server has moved the stream to a microphone other than its first."""
        return self._moves is not None and self._moves.moved

    def close(self) -> None:
        """Close the microphone. Raise Trouble SOUND_SYSTEM_FROZEN if that hangs."""
        if self._moves is not None:
            self._moves.stop()
        stream, self._stream = self._stream, None
        if stream is not None:
            call_with_timeout(_CLOSE_TIMEOUT_S, lambda: portaudio.close(stream))
