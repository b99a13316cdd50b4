"""Decide whether a microphone is lost, muted or denied, and whether the disk is nearly full. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.recorder import DISK_LOW_S
from balint_desktop.domain.trouble import TroubleCode

STALLED_S = 1.5
"""A microphone without a block for this long is lost: blocks are due every tenth of a second."""
MUTED_S = 1.5
"""Exact zeros for this long mean a muted microphone: the noise of a quiet room is never exactly zero."""


@dataclass(frozen=True, slots=True)
class MicrophoneHealth:
    """Measurements of a microphone. Ages and runs are in seconds.

    `is_active` is whether PortAudio still calls back, `has_received_sound` whether anything but zeros was received, and
    `needs_permission` whether this system delivers zeros to an app without permission.
    """

    since_block_s: float
    is_active: bool
    zeros_s: float
    has_received_sound: bool = True
    needs_permission: bool = False


def is_lost(health: MicrophoneHealth) -> bool:
    """Return whether the microphone is lost."""
    return not health.is_active or health.since_block_s > STALLED_S


def silence_trouble(health: MicrophoneHealth) -> TroubleCode | None:
    """Return why the microphone delivers digital silence, None if it does not."""
    if health.zeros_s < MUTED_S:
        return None
    is_denied = health.needs_permission and not health.has_received_sound
    return TroubleCode.MICROPHONE_DENIED if is_denied else TroubleCode.MICROPHONE_MUTED


def disk_trouble(free_bytes: int, bytes_a_second: float) -> TroubleCode | None:
    """Return DISK_LOW if less than ten minutes of recording fit on the disk, None otherwise."""
    return TroubleCode.DISK_LOW if free_bytes < DISK_LOW_S * bytes_a_second else None
