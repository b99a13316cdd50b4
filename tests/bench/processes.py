"""Resource use of a running process: processor time and memory, read from outside. Linux only."""

from __future__ import annotations

import os
import time
from pathlib import Path

# Variables that would slow a child down, or draw nothing, on a tester's machine.
_NOT_HANDED_ON = {"PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE", "PYTHONMALLOC", "QT_QPA_PLATFORM"}
# clock_getcpuclockid(3) derives a process's clock from its number and this; Python has no name for it.
_PROCESS_CLOCK = 2


class DidNotRun(Exception):  # noqa: N818  it names what happened
    """A measurement failed; the message says which."""


def environment() -> dict[str, str]:
    """Return the environment in which both sides start."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}


def cpu_s(pid: int) -> float:
    """Return the processor time of all threads of a process so far, user and system, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | _PROCESS_CLOCK)


def peak_mb(pid: int | str = "self") -> float:
    """Return the peak memory of a process.

    Not ru_maxrss, in which a child begins with what its parent held when it was started.
    """
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise DidNotRun(f"process {pid} has ended early")
