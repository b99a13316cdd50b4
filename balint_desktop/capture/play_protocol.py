"""Binary commands to the playback child: a fixed header of numbers, followed by audio in some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

_HEAD = Struct(">BIdI")


class PlayVerb(IntEnum):
    """Commands to the playback child. A turn is one stretch of playback, started by Play or by a seek."""

    BEGIN = 1
    """Stop playback, and start a turn with the audio that follows."""
    SOUND = 2
    """Append audio to the queue: int16, 48 kHz, mono."""
    NO_MORE = 3
    """Report when all audio received has been played."""
    PAUSE = 4
    """Stop at once."""
    SPEED = 5
    """Change the speed from now on, at the same pitch."""


@dataclass(frozen=True, slots=True)
class PlayCommand:
    """One command. Audio of a turn other than the current one is dropped."""

    verb: PlayVerb
    turn: int = 0
    speed: float = 1.0
    sound: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the command as bytes for the pipe."""
        return _HEAD.pack(self.verb, self.turn, self.speed, len(self.sound)) + self.sound


class PlayCommandReader:
    """Parses commands from the bytes of a pipe as they arrive."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[PlayCommand]:
        """Add bytes, and yield the commands that are complete."""
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            verb, turn, speed, size = _HEAD.unpack_from(self._rest)
            if len(self._rest) < _HEAD.size + size:
                return
            sound = bytes(self._rest[_HEAD.size : _HEAD.size + size])
            del self._rest[: _HEAD.size + size]
            yield PlayCommand(PlayVerb(verb), turn, speed, sound)
