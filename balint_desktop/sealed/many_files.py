"""Replace many small files durably; at any moment each is either the complete old or the complete new one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed import disk

# From this count on, one flush of the whole file system costs less than one for each file and folder.
MANY = 8


def write_many_durably(files: Mapping[Path, bytes]) -> None:
    """Write whole files, each atomically; on return all are on disk.

    If Trouble is raised, some files may have been replaced already; the others are unchanged.
    """
    temporary = {path: path.with_name(f"{path.name}.new") for path in files}
    try:
        for path, data in files.items():
            _write(temporary[path], data)
        # No file is replaced before the new content is on disk.
        _flush(temporary.values())
        for path, new in temporary.items():
            with disk.report_disk_errors(path):
                new.replace(path)
    except Trouble:
        for new in temporary.values():
            with contextlib.suppress(OSError):
                new.unlink()
        raise
    _flush(dict.fromkeys(path.parent for path in files))


def _write(path: Path, data: bytes) -> None:
    with disk.report_disk_errors(path):
        path.unlink(missing_ok=True)
        with os.fdopen(disk.open_new(path), "wb") as file:
            file.write(data)


def _flush(paths: Iterable[Path]) -> None:
    """Flush these files and folders to the disk. Raise Trouble."""
    paths = tuple(paths)
    if len(paths) >= MANY and _flush_file_system(paths[0]):
        return
    for path in paths:
        with disk.report_disk_errors(path):
            if path.is_dir():
                disk.flush_folder(path)
            else:
                _flush_file(path)


def _flush_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        disk.flush_to_disk(descriptor)
    finally:
        os.close(descriptor)


def _flush_file_system(path: Path) -> bool:
    """Flush the whole file system of a path, where supported (Linux); return whether it was flushed."""
    if sys.platform != "linux":
        return False
    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    if syncfs is None:
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return bool(syncfs(descriptor) == 0)
    finally:
        os.close(descriptor)
