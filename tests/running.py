"""Whether a process runs, by what the kernel says of it. Linux."""

from __future__ import annotations

from pathlib import Path


def is_running(pid):
    """Tell whether a process runs: it is there, and not one that only waits to be collected.

    One whose first thread has ended still holds its files until the last has.
    """
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        return state != "Z" or len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
    except OSError:
        return False
