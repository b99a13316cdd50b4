"""Blocks of sound on a pipe between two processes: a fixed head, then the samples."""

from __future__ import annotations

import struct
from collections.abc import Callable

from balint_desktop.capture.source import Block

_HEAD = struct.Struct("<ddI")
_LONGEST = 1 << 20


def pack_block(block: Block, latency_s: float) -> bytes:
    """Return a block for the pipe: when it arrived, how long after it was heard, and its samples."""
    age_s = latency_s if block.age_s is None else block.age_s
    return _HEAD.pack(block.arrived_s, age_s, len(block.sound)) + block.sound


def read_block(read: Callable[[int], bytes]) -> tuple[Block, float] | None:
    """Read a block and its age in seconds; None at the end. Raise ValueError if it is none of ours."""
    head = read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    arrived_s, latency_s, size = _HEAD.unpack(head)
    if size > _LONGEST:
        raise ValueError(f"a block of {size} bytes")
    sound = read(size)
    return (Block(sound, arrived_s), latency_s) if len(sound) == size else None
