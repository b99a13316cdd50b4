"""Whether a process runs, according to the kernel. Linux."""

from __future__ import annotations

from pathlib import Path


def is_running(pid):
    """Return whether a process runs: it exists, and is not a zombie.

    One whose first thread has ended still holds its files until the last has.
    """
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        return state != "Z" or len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
    except OSError:
        return False
