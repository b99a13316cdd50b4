"""Sealed copies of a log kept before a migration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.sealed import disk

if TYPE_CHECKING:
    from balint_desktop.vault.log.database import Database

# Long enough to notice that something is amiss, short enough not to hold what was erased since. Erasing a text and
# renewing the keys drop the copies at once: nothing that was to be gone may stay in them.
KEPT_DAYS = 30
_DAY_S = 86_400.0
_UNFINISHED = ".unfinished"


def copy_path(log: Path, version: int) -> Path:
    """Return where the copy of a log of that version lies."""
    return log.with_name(f"{log.stem}-before-{version + 1}{log.suffix}")


def store_copy(database: Database, log: Path, version: int) -> Path:
    """Keep a copy of a log as it is, sealed with its own key, and return where. Raise Trouble, such as DISK_FULL.

    Whole under its name or not there under it: killed on the way, the next opening begins anew.
    """
    path = copy_path(log, version)
    if path.exists():
        return path
    unfinished = path.with_name(path.name + _UNFINISHED)
    disk.remove_file(unfinished)
    database.copy_to(unfinished).close()
    with disk.report_disk_errors(path):
        descriptor = os.open(unfinished, os.O_RDWR)
        try:
            disk.flush_to_disk(descriptor)
        finally:
            os.close(descriptor)
        unfinished.replace(path)
        disk.flush_folder(path.parent)
    return path


def copies(log: Path) -> tuple[Path, ...]:
    """Return the copies that are kept, whole or begun."""
    return tuple(sorted(log.parent.glob(f"{log.stem}-before-*{log.suffix}*")))


def drop_copies(log: Path) -> None:
    """Destroy every copy: what was erased from the log, or sealed with a key that is gone, must not stay in one."""
    for path in copies(log):
        disk.destroy_file(path)


def drop_old_copies(log: Path, wall: float) -> None:
    """Destroy the copies that have been kept long enough. `wall` is now, in seconds since 1970."""
    for path in copies(log):
        if wall - path.stat().st_mtime > KEPT_DAYS * _DAY_S or path.name.endswith(_UNFINISHED):
            disk.destroy_file(path)
