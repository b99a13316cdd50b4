"""How the app tells the child that plays what to do: small heads with numbers, and sound behind some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

_HEAD = Struct(">BIdI")


class Do(IntEnum):
    """What the child is told. Each turn is one stretch of playing: from a press of Play, or a seek, to the next."""

    BEGIN = 1
    """Be silent, and play what now comes."""
    SOUND = 2
    """Play this after what waits: int16, 48 kHz, mono."""
    NO_MORE = 3
    """Say so when all that came was played."""
    PAUSE = 4
    """Be silent at once."""
    SPEED = 5
    """Play so many times as fast from now on, at the same pitch."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the child is told."""

    do: Do
    turn: int = 0
    speed: float = 1.0
    sound: bytes = b""

    def packed(self) -> bytes:
        """Return it as bytes for the pipe."""
        return _HEAD.pack(self.do, self.turn, self.speed, len(self.sound)) + self.sound


class Hearing:
    """Puts together again what was packed, from bytes as they come."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def take(self, data: bytes) -> Iterator[Told]:
        """Yield what is whole by now."""
        self._rest += data
        while len(self._rest) >= _HEAD.size:
            do, turn, speed, size = _HEAD.unpack_from(self._rest)
            if len(self._rest) < _HEAD.size + size:
                return
            sound = bytes(self._rest[_HEAD.size : _HEAD.size + size])
            del self._rest[: _HEAD.size + size]
            yield Told(Do(do), turn, speed, sound)
