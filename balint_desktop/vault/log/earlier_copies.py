"""Sealed copies of a log kept before a migration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.sealed import disk

if TYPE_CHECKING:
    from balint_desktop.vault.log.database import Database

# Long enough to notice that something is amiss, short enough not to hold text erased since. Erasing a text and
# renewing the keys drop the copies at once: they must not hold deleted data.
KEPT_DAYS = 30
_DAY_S = 86_400.0
_UNFINISHED = ".unfinished"


def copy_path(log: Path, version: int) -> Path:
    """Return the path of the copy of a log of that version."""
    return log.with_name(f"{log.stem}-before-{version + 1}{log.suffix}")


def store_copy(database: Database, log: Path, version: int) -> Path:
    """Store a sealed copy of a log under its own key, and return its path. Raise Trouble, such as DISK_FULL.

    Complete under its name or absent: after a kill, the next opening starts over.
    """
    path = copy_path(log, version)
    if path.exists():
        return path
    unfinished = path.with_name(path.name + _UNFINISHED)
    disk.destroy_file(unfinished)
    database.copy_to(unfinished).close()
    with disk.report_disk_errors(path):
        descriptor = os.open(unfinished, os.O_RDWR)
        try:
            disk.flush_to_disk(descriptor)
        finally:
            os.close(descriptor)
        disk.replace(unfinished, path)
        disk.flush_folder(path.parent)
    return path


def copies(log: Path) -> tuple[Path, ...]:
    """Return the stored copies, complete or partial."""
    return tuple(sorted(log.parent.glob(f"{log.stem}-before-*{log.suffix}*")))


def delete_copies(log: Path) -> None:
    """Delete every copy: none may hold text erased from the log, or be sealed with a destroyed key."""
    for path in copies(log):
        disk.destroy_file(path)


def delete_old_copies(log: Path, wall: float) -> None:
    """Delete the copies past their retention. `wall` is now, in seconds since 1970."""
    for path in copies(log):
        if wall - path.stat().st_mtime > KEPT_DAYS * _DAY_S or path.name.endswith(_UNFINISHED):
            disk.destroy_file(path)
