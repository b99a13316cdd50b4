"""Replace many small files durably: at any moment each is the complete old or new one; the old ones are overwritten."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed import disk, rewrite_file

# From this count on, one flush of the whole file system costs less than one for each file and folder.
MANY = 8


def write_many_durably(files: Mapping[Path, bytes]) -> None:
    """Write whole files, each atomically; on return all are on disk, and what they replaced is overwritten.

    If Trouble is raised, some files may have been replaced already; the others are unchanged. `end_replaced` of
    `rewrite_file`, or the next call, overwrites what an interruption left.
    """
    many, folders = len(files) >= MANY, tuple(dict.fromkeys(path.parent for path in files))
    temporary = {path: rewrite_file.temporary_path(path, rewrite_file.INCOMING) for path in files}
    try:
        for path, data in files.items():
            rewrite_file.end_replaced(path)
            _write(temporary[path], data)
            _keep_old(path)
        # No file is replaced before the new content, and a second name for the old one, is on disk.
        _flush((*temporary.values(), *folders), many=many)
        for path, new in temporary.items():
            with disk.report_disk_errors(path):
                disk.replace(new, path)
    except Trouble:
        for path, new in temporary.items():
            with contextlib.suppress(OSError, Trouble):
                disk.unlink_with_retries(new)
                rewrite_file.end_replaced(path)
        raise
    _flush(folders, many=many)
    replaced = [old for old in (_old(path) for path in files) if old.exists()]
    for old in replaced:
        disk.overwrite_file(old)
    _flush(replaced, many=many)
    for old in replaced:
        disk.remove_file(old)


def _old(path: Path) -> Path:
    return rewrite_file.temporary_path(path, rewrite_file.OUTGOING)


def _keep_old(path: Path) -> None:
    """Give the old file a second name, by which its bytes can still be overwritten once it is replaced."""
    with disk.report_disk_errors(path):
        if path.exists():
            os.link(path, _old(path))


def _write(path: Path, data: bytes) -> None:
    with disk.report_disk_errors(path):
        path.unlink(missing_ok=True)
        with os.fdopen(disk.open_new(path), "wb") as file:
            file.write(data)


def _flush(paths: Sequence[Path], *, many: bool) -> None:
    """Flush these files and folders to the disk. Raise Trouble."""
    if many and paths and _flush_file_system(paths[0]):
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
