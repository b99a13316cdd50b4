"""The recorder's vocabulary, shared by its process and by the session: state, events, status, report, part place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import RecordingId

DISK_LOW_S = 600.0
"""With free space for fewer seconds than this the recorder warns, and no recording resumes automatically."""
BYTES_PER_HOUR = 16_000_000
"""Disk space for an hour, sealed, with tails and file system overhead (24 kbit/s is 11 MB)."""


class RecorderState(StrEnum):
    """State of a recorder."""

    RECORDING = "recording"
    PAUSED = "paused"
    LOST = "lost"


class RecorderEventKind(StrEnum):
    """Kinds of recorder events. ENDED is sent once, last, however the process ended."""

    DEVICE_LOST = "device-lost"
    DEVICE_BACK = "device-back"
    MUTED = "muted"
    UNMUTED = "unmuted"
    SOURCE_CHANGED = "source-changed"
    GAP = "gap"
    DISK_LOW = "disk-low"
    DISK_ROOM = "disk-room"
    OVERRUN = "overrun"
    COMPUTER_LOST = "computer-lost"
    COMPUTER_BACK = "computer-back"
    COMPUTER_SILENT = "computer-silent"
    COMPUTER_HEARD = "computer-heard"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """A recorder's state, sent about three times a second.

    `seconds` of sound are written, `sealed_s` of them are durable on disk, `level_db` is the loudest since the last
    status in dB of full scale, and `dropped` counts blocks lost on the way from the microphone. With what the computer
    plays as a second source, `level_db` is the microphone's alone and `computer_db` the computer's; else None.
    """

    state: RecorderState
    seconds: float
    sealed_s: float
    level_db: float
    dropped: int
    computer_db: float | None = None


@dataclass(frozen=True, slots=True)
class RecorderReport:
    """One event of a recorder, with the seconds of the part sealed so far.

    `trouble` is the failure, and for ENDED the reason for an unrequested end. `sha256` is that of the finished part.
    `gap_at_s` and `gap_s` are the start and length of a silence in the part.
    """

    kind: RecorderEventKind
    sealed_s: float
    trouble: TroubleCode | None = None
    sha256: str | None = None
    gap_at_s: float = 0.0
    gap_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where one part of a recording is written, and the public key (age1…) it is sealed to."""

    recording: RecordingId
    part: int
    folder: Path
    recipient: str
