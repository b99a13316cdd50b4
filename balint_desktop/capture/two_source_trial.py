"""Try both sources for some seconds: their levels, what a recording would hold, and whether one is heard twice."""

from __future__ import annotations

from balint_desktop.capture.computer_stream import ComputerStream
from balint_desktop.capture.echo import echo_delay_s
from balint_desktop.capture.level import level_db as block_level_db
from balint_desktop.capture.mixer import SourceReader, add_sound, to_samples
from balint_desktop.capture.source import Block
from balint_desktop.capture.source_clock import SourceClock
from balint_desktop.ogg.packet import RATE_HZ

# Of a microphone that is tried for its level alone, no more than this is kept in memory.
_LONGEST_S = 30


class TwoSourceTrial:
    """Collects what both sources hear. `computer_db` is the level of the computer's sound, None until it is heard."""

    def __init__(self, monitor: str) -> None:
        self._stream = ComputerStream(monitor)
        self._microphone = SourceClock()
        self._reader = SourceReader()
        self._sound = bytearray()
        self.computer_db: float | None = None

    def open(self) -> None:
        """Start listening to what the computer plays."""
        self._stream.open()

    def close(self) -> None:
        """Stop listening."""
        self._stream.close()

    def add_microphone(self, block: Block, latency_s: float) -> None:
        """Add a block of the microphone, and what the computer has played meanwhile."""
        if len(self._sound) < _LONGEST_S * RATE_HZ * 2:
            self._microphone.add(block, latency_s)
            self._sound += block.sound
        for heard, computer_latency_s in self._stream.read_blocks():
            self.computer_db = block_level_db(heard.sound)
            if self._reader.clock.frames < _LONGEST_S * RATE_HZ:
                self._reader.add(heard, computer_latency_s)
        if self._stream.is_lost:
            self.computer_db = None

    def mixed(self) -> tuple[bytes, float | None]:
        """Return what a recording would hold, and how much later the room hears the call, None if it does not."""
        sound = bytes(self._sound)
        if not self._reader.clock.frames or not sound:
            return sound, None
        played = self._reader.read(self._microphone.heard_s(0), self._microphone.frames)
        return add_sound(sound, played), echo_delay_s(to_samples(sound), played)
