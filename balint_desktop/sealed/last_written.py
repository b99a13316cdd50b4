"""Time of the last write to a part, by the file system."""

from __future__ import annotations

import contextlib
from pathlib import Path

from balint_desktop.sealed import names


def last_written_wall(folder: Path) -> float | None:
    """Return the time of the last write to a part's sound (seconds since 1970), None where it has no sound."""
    if not folder.is_dir():
        return None
    times: list[float] = []
    for path in (folder / names.AUDIO, *(path for _name, path in names.tails(folder))):
        # A tail is deleted when its successor is written.
        with contextlib.suppress(FileNotFoundError):
            times.append(path.stat().st_mtime)
    return max(times, default=None)
