"""Battery, charger and free disk space, for the check before a session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.recorder import BYTES_PER_HOUR
from balint_desktop.sealed.disk import free_bytes


@dataclass(frozen=True, slots=True)
class Machine:
    """State of the laptop. `battery` is in per cent, None without one; `hours_free` are hours of recording."""

    hours_free: float
    battery: int | None
    on_charger: bool


def read_machine(folder: Path) -> Machine:
    """Read the state of the machine that records into this folder."""
    percent, on_charger = _battery()
    return Machine(hours_free(folder), percent, on_charger=on_charger)


def battery_left() -> int | None:
    """Return the battery in per cent where the computer runs on it, None with a charger or without a battery."""
    percent, on_charger = _battery()
    return None if on_charger else percent


def hours_free(folder: Path) -> float:
    """Return how many hours of recording fit on this folder's disk."""
    return free_bytes(folder) / BYTES_PER_HOUR


def _battery() -> tuple[int | None, bool]:
    """Return the battery in per cent, and whether the charger is connected. An unknown state counts as no battery."""
    import psutil  # noqa: PLC0415  loaded when somebody gets ready, not before the window is there

    # Missing on some systems; and in containers the files it reads may be.
    ask = getattr(psutil, "sensors_battery", lambda: None)
    try:
        battery = ask()
    except OSError:
        return None, True
    if battery is None:
        return None, True
    return round(battery.percent), bool(battery.power_plugged)
