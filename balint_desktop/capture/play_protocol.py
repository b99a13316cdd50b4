"""Binary commands to the child that plays: small heads with numbers, and sound behind some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

_HEAD = Struct(">BIdI")


class PlayVerb(IntEnum):
    """What the child can be told to do. A turn is one stretch of playing: from a press of Play, or a seek, on."""

    BEGIN = 1
    """Be silent, and play the sound that follows."""
    SOUND = 2
    """Play this after what is queued: int16, 48 kHz, mono."""
    NO_MORE = 3
    """Report when all that came was played."""
    PAUSE = 4
    """Be silent at once."""
    SPEED = 5
    """Play so many times as fast from now on, at the same pitch."""


@dataclass(frozen=True, slots=True)
class PlayCommand:
    """One command. Sound of another turn than the one that plays is dropped."""

    verb: PlayVerb
    turn: int = 0
    speed: float = 1.0
    sound: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the command as bytes for the pipe."""
        return _HEAD.pack(self.verb, self.turn, self.speed, len(self.sound)) + self.sound


class PlayCommandReader:
    """Reads commands from the bytes of a pipe, as they come."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[PlayCommand]:
        """Add bytes, and yield the commands that are whole by now."""
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            verb, turn, speed, size = _HEAD.unpack_from(self._rest)
            if len(self._rest) < _HEAD.size + size:
                return
            sound = bytes(self._rest[_HEAD.size : _HEAD.size + size])
            del self._rest[: _HEAD.size + size]
            yield PlayCommand(PlayVerb(verb), turn, speed, sound)
