"""The words that recorder and app exchange as JSON: one place for both ends."""

from __future__ import annotations

from enum import StrEnum


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
