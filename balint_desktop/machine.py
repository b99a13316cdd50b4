"""What the laptop can tell before a session: its battery, its charger, and the room on its disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from balint_desktop.sealed.disk import free_bytes

# What an hour takes on the disk, sealed, with tails and the file system's share (24 kbit/s is 11 MB).
BYTES_AN_HOUR = 16_000_000


@dataclass(frozen=True, slots=True)
class Machine:
    """The laptop as it is. `battery` is in per cent, None where there is none; `hours_free` are hours of recording."""

    hours_free: float
    battery: int | None
    on_charger: bool


def look(folder: Path) -> Machine:
    """Look at the machine that records into this folder."""
    import psutil  # noqa: PLC0415  loaded when somebody gets ready, not before the window is there

    hours_free = free_bytes(folder) / BYTES_AN_HOUR
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if battery is None:
        return Machine(hours_free, None, on_charger=True)
    return Machine(hours_free, round(battery.percent), on_charger=bool(battery.power_plugged))
