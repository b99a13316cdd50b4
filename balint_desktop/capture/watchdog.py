"""What PortAudio does not tell: a microphone that fell silent, that is muted, or that is gone. Pure decisions."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.recorder import DISK_LOW_S
from balint_desktop.domain.trouble import TroubleCode

STALLED_S = 1.5
"""No block for so long, where one is due every tenth of a second."""
MUTED_S = 1.5
"""A run of exact zeros as long as this is no quiet room, whose noise is never exactly nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to judge a microphone by. Ages and runs in seconds.

    `heard` says that there was ever anything but zeros, `asks_leave` that this system hands zeros to an app that
    may not listen.
    """

    since_block_s: float
    active: bool
    zeros_s: float
    heard: bool = True
    asks_leave: bool = False


def is_lost(seen: Seen) -> bool:
    """Tell whether the microphone is gone."""
    return not seen.active or seen.since_block_s > STALLED_S


def silence_trouble(seen: Seen) -> TroubleCode | None:
    """Return why the microphone gives digital silence, None where it does not."""
    if seen.zeros_s < MUTED_S:
        return None
    return TroubleCode.MICROPHONE_DENIED if seen.asks_leave and not seen.heard else TroubleCode.MICROPHONE_MUTED


def disk_trouble(free_bytes: int, bytes_a_second: float) -> TroubleCode | None:
    """Return DISK_LOW where less than ten minutes of recording fit on the disk."""
    return TroubleCode.DISK_LOW if free_bytes < DISK_LOW_S * bytes_a_second else None
