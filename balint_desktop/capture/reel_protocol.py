"""How the app and the child that holds a recording's sound speak: requests and answers, one for one."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from struct import Struct

REQUEST = Struct(">BHQQ")
"""What is asked, of which part, and two numbers: see Ask."""
ANSWER = Struct(">?Q")
"""Whether it could be done, and how many bytes of sound follow."""


class Ask(IntEnum):
    """What the child is asked for."""

    HOLD = 1
    """Take a part's Ogg Opus, so many bytes of it, which follow. Nothing is answered."""
    READ = 2
    """Give a part's sound from a frame on, so many frames of it."""


def read_exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    """Return exactly so many bytes, None where the other end is gone before."""
    data = bytearray()
    while len(data) < size:
        more = read(size - len(data))
        if not more:
            return None
        data += more
    return bytes(data)
