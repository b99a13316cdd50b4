"""What PortAudio does not tell: a microphone that fell silent, that is muted, or that is gone. Pure decisions."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.trouble import TroubleCode

STALLED_S = 1.5
"""No block for so long, where one is due every tenth of a second."""
MUTED_S = 3.0
"""A run of exact zeros as long as this is no quiet room."""
_LOW_S = 600.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to judge by. Ages and runs in seconds; `bytes_a_second` is what recording writes."""

    since_block_s: float
    active: bool
    zeros_s: float
    free_bytes: int | None = None
    bytes_a_second: float = 1.0


def is_lost(seen: Seen) -> bool:
    """Tell whether the microphone is gone."""
    return not seen.active or seen.since_block_s > STALLED_S


def is_muted(seen: Seen) -> bool:
    """Tell whether the microphone gives digital silence."""
    return seen.zeros_s >= MUTED_S


def disk_trouble(seen: Seen) -> TroubleCode | None:
    """Return DISK_LOW where less than ten minutes of recording fit on the disk."""
    if seen.free_bytes is not None and seen.free_bytes < _LOW_S * seen.bytes_a_second:
        return TroubleCode.DISK_LOW
    return None
