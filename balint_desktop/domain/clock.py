"""Clocks: wall time, and time since boot that goes on through sleep, clock changes and reboots."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

_BOOTS = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time: wall time (seconds since 1970, UTC) and time since boot, sleep included (seconds)."""

    wall: float
    boot: float
    boot_id: str

    def seconds_since(self, earlier: Instant) -> float:
        """Return the seconds from `earlier` to this instant: by the boot clock where both share a boot.

        The boot clock ignores changes of the system time. Across a reboot only wall time is available, and
        `same_boot` lets the window report that.
        """
        if self.same_boot(earlier):
            return self.boot - earlier.boot
        return self.wall - earlier.wall

    def same_boot(self, other: Instant) -> bool:
        """Return whether both instants belong to the same boot."""
        return self.boot_id == other.boot_id


def earlier(instant: Instant, seconds: float) -> Instant:
    """Return the instant that many seconds before another."""
    return Instant(instant.wall - seconds, instant.boot - seconds, instant.boot_id)


class Clock(Protocol):
    """The only source of the current time. Tests pass one that they advance by hand."""

    def now(self) -> Instant:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's clocks: wall time, and a boot clock that includes sleep."""

    def now(self) -> Instant:
        """Return the present moment."""
        return Instant(wall=time.time(), boot=_seconds_since_boot(), boot_id=_boot_id())


def _seconds_since_boot() -> float:
    # time.monotonic stops during sleep on Linux and macOS; the session does not.
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  not needed elsewhere

        tick = ctypes.windll.kernel32.GetTickCount64
        tick.restype = ctypes.c_uint64
        return float(tick()) / 1000
    return time.monotonic()


def awake_s() -> float:
    """Return the seconds this machine was awake: the boot clock minus this is the time asleep."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  not needed elsewhere

        units = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(units))
        return units.value / 10_000_000
    return time.monotonic()


@lru_cache(maxsize=1)
def _boot_id() -> str:
    """Return an identifier of this boot: the system's own, or the boot time to the minute."""
    kernels = Path("/proc/sys/kernel/random/boot_id")
    if kernels.exists():
        return kernels.read_text(encoding="ascii").strip()
    # A minute is one of two for a boot near its half, and another one once the system time is set.
    with contextlib.suppress(Exception):
        if sys.platform == "darwin":
            return _macs_boot_id()
        if sys.platform == "win32":
            return _windows_boot_id()
    return f"booted-{round((time.time() - _seconds_since_boot()) / 60)}"


if sys.platform == "darwin":

    def _macs_boot_id() -> str:
        """Return the kernel's UUID of this boot."""
        import ctypes  # noqa: PLC0415  not needed elsewhere

        library = ctypes.CDLL(None, use_errno=True)
        size = ctypes.c_size_t(64)
        found = ctypes.create_string_buffer(size.value)
        if library.sysctlbyname(b"kern.bootsessionuuid", found, ctypes.byref(size), None, ctypes.c_size_t(0)):
            raise OSError(ctypes.get_errno(), "no boot id")
        return found.value.decode("ascii")


if sys.platform == "win32":

    def _windows_boot_id() -> str:
        """Return Windows' count of boots."""
        import winreg  # noqa: PLC0415  not there elsewhere

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _BOOTS) as key:
            return f"boot-{int(winreg.QueryValueEx(key, 'BootId')[0])}"
