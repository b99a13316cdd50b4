"""Tails: the newest audio, not yet in a whole chunk, padded to a fixed size."""

from __future__ import annotations

import struct

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.stream import CHUNK

# The true length is stored at the very end, after the zeros: a player given the whole block still plays it.
_LENGTH = struct.Struct(">Q")

# At most two seconds may be lost: the remainder allows for a page of audio and for a busy disk and computer.
TAIL_EVERY_S = 1.2
# The writer holds in memory what is not yet in a tail: frequent tails bound its memory, however long the file.
IMPORT_TAIL_EVERY_BYTES = 1 << 18


def pad(data: bytes) -> bytes:
    """Pad data to whole chunks. The size of unpadded tails, as of short segments, would reveal who is talking."""
    room = -(len(data) + _LENGTH.size) % CHUNK
    return data + bytes(room) + _LENGTH.pack(len(data))


def unpad(block: bytes) -> bytes:
    """Return the data without the padding of `pad`. Raise Trouble SEALED_DAMAGED if the block is invalid."""
    if not block or len(block) % CHUNK:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    (length,) = _LENGTH.unpack(block[-_LENGTH.size :])
    if length > len(block) - _LENGTH.size:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    return block[:length]
