"""Decide whether a microphone is lost, muted or denied, and whether the disk is nearly full. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.capture.level import level_db
from balint_desktop.domain.recorder import DISK_LOW_S
from balint_desktop.domain.trouble import TroubleCode

STALLED_S = 1.5
"""A microphone without a block for this long is lost: blocks are due every tenth of a second."""
MUTED_S = 1.5
"""Exact zeros for this long mean a muted microphone: the noise of a quiet room is never exactly zero."""
FAINT_DB = -80.0
"""Below this level (dB of full scale) a microphone gives its own hiss: a silent room with people in it is 10 dB louder,
a microphone that is muted by its own switch some 5 dB fainter."""
FAINT_S = 60.0
"""Nothing above FAINT_DB for this long means that the room is not heard: somebody moves or breathes in any minute."""
NOTHING_PLAYED_S = 120.0
"""A call in which no one is heard for so long is rare, and an output that the call does not use is not."""


@dataclass(frozen=True, slots=True)
class MicrophoneHealth:
    """Measurements of a microphone. Ages and runs are in seconds; `faint_s` is how long nothing was above FAINT_DB.

    `is_active` is whether PortAudio still calls back, `has_received_sound` whether anything but zeros was received, and
    `needs_permission` whether this system delivers zeros to an app without permission.
    """

    since_block_s: float
    is_active: bool
    zeros_s: float
    faint_s: float = 0.0
    has_received_sound: bool = True
    needs_permission: bool = False


def is_lost(health: MicrophoneHealth) -> bool:
    """Return whether the microphone is lost."""
    return not health.is_active or health.since_block_s > STALLED_S


def silence_trouble(health: MicrophoneHealth) -> TroubleCode | None:
    """Return why the microphone delivers digital silence, or nothing but its own hiss; None if it hears the room."""
    if health.zeros_s < MUTED_S:
        return TroubleCode.MICROPHONE_FAINT if health.faint_s >= FAINT_S else None
    is_denied = health.needs_permission and not health.has_received_sound
    return TroubleCode.MICROPHONE_DENIED if is_denied else TroubleCode.MICROPHONE_MUTED


def is_nothing_played(sound: bytes) -> bool:
    """Return whether nothing in a block of the computer's sound is louder than an output that plays nothing."""
    return level_db(sound) < FAINT_DB


def disk_trouble(free_bytes: int, bytes_a_second: float) -> TroubleCode | None:
    """Return DISK_LOW if less than ten minutes of recording fit on the disk, None otherwise."""
    return TroubleCode.DISK_LOW if free_bytes < DISK_LOW_S * bytes_a_second else None
