"""The words that recorder and app exchange as JSON: one place for both ends."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class State(StrEnum):
    """What the recorder is doing."""

    RECORDING = "recording"
    PAUSED = "paused"
    LOST = "lost"


class Event(StrEnum):
    """What a recorder tells as it happens."""

    DEVICE_LOST = "device-lost"
    DEVICE_BACK = "device-back"
    MUTED = "muted"
    UNMUTED = "unmuted"
    SOURCE_CHANGED = "source-changed"
    GAP = "gap"
    DISK_LOW = "disk-low"
    DISK_ROOM = "disk-room"
    DISK_FULL = "disk-full"
    OVERRUN = "overrun"
    CLOSED = "closed"
    FAILED = "failed"


class ConvertEnd(IntEnum):
    """How converting a file ended: the child's exit code."""

    WHOLE = 0
    UNREADABLE = 1
    MISSING = 3
    RATE = 4
    TOO_LONG = 5
    CUT_SHORT = 6

    @classmethod
    def of(cls, code: int | None) -> ConvertEnd:
        """Return what an exit code means; a child that broke could not read the file."""
        return cls(code) if code in set(cls) else cls.UNREADABLE
