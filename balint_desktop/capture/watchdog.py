"""Decide whether a microphone is lost, muted or denied, and whether the disk is nearly full. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.recorder import DISK_LOW_S
from balint_desktop.domain.trouble import TroubleCode

STALLED_S = 1.5
"""Without a block for so long a microphone is lost: one is due every tenth of a second."""
MUTED_S = 1.5
"""Exact zeros for so long are a muted microphone: the noise of a quiet room is never exactly nothing."""


@dataclass(frozen=True, slots=True)
class MicrophoneHealth:
    """What is measured of a microphone. Ages and runs are in seconds.

    `is_active` says that PortAudio still means to call back, `has_heard` that there was ever anything but zeros, and
    `needs_permission` that this system hands zeros to an app that may not listen.
    """

    since_block_s: float
    is_active: bool
    zeros_s: float
    has_heard: bool = True
    needs_permission: bool = False


def is_lost(health: MicrophoneHealth) -> bool:
    """Return whether the microphone is lost."""
    return not health.is_active or health.since_block_s > STALLED_S


def silence_trouble(health: MicrophoneHealth) -> TroubleCode | None:
    """Return why the microphone gives digital silence, None where it does not."""
    if health.zeros_s < MUTED_S:
        return None
    is_denied = health.needs_permission and not health.has_heard
    return TroubleCode.MICROPHONE_DENIED if is_denied else TroubleCode.MICROPHONE_MUTED


def disk_trouble(free_bytes: int, bytes_a_second: float) -> TroubleCode | None:
    """Return DISK_LOW where less than ten minutes of recording fit on the disk, None otherwise."""
    return TroubleCode.DISK_LOW if free_bytes < DISK_LOW_S * bytes_a_second else None
