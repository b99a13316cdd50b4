"""Resource use of a running process: processor time and memory, read from outside. Linux only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

# Variables that would slow a child down, or draw nothing, on a tester's machine.
_NOT_HANDED_ON = {"PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE", "PYTHONMALLOC", "QT_QPA_PLATFORM"}
# clock_getcpuclockid(3) derives a process's clock from its number and this; Python has no name for it.
_PROCESS_CLOCK = 2


class DidNotRun(Exception):  # noqa: N818  it names what happened
    """A measurement failed; the message says which."""


def environment() -> dict[str, str]:
    """Return the environment in which both sides start."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}


def measured_apart(program: str, failed: str, longest_s: float) -> dict[str, Any]:
    """Run a program of the bench in a process of its own, without a screen, and return what its last line says.

    Raise DidNotRun, which begins with `failed`, where it said nothing.
    """
    done = subprocess.run(
        [sys.executable, program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=longest_s,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"{failed}: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout.splitlines()[-1])


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
