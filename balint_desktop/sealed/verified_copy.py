"""Copy a file to another disk and verify it by reading it back."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk

_PIECE = 1 << 20
ProgressCallback = Callable[[int], None]
"""Progress callback: called with the number of further bytes copied."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copied file: its size in bytes, and its SHA-256."""

    size: int
    sha256: str


def copy_verified(source: Path, target: Path, on_progress: ProgressCallback = lambda _bytes: None) -> Copied:
    """Copy a file to a new path and read it back. Raise Trouble: an error of either disk, or COPY_DIFFERS."""
    with disk.report_disk_errors(source):
        disk.require_regular(source)
        file = source.open("rb")
    with disk.report_disk_errors(source), file:
        return write_verified(target, _pieces(source, file.fileno()), on_progress)


def write_verified(target: Path, data: Iterable[bytes], on_progress: ProgressCallback = lambda _bytes: None) -> Copied:
    """Write a new file and read it back. Raise Trouble: a disk error, or COPY_DIFFERS."""
    digest, size = hashlib.sha256(), 0
    with disk.report_disk_errors(target):
        descriptor = disk.open_new(target)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            for piece in data:
                _write_all(file.fileno(), piece)
                digest.update(piece)
                size += len(piece)
                on_progress(len(piece))
            disk.flush_to_disk(file.fileno())
    written = Copied(size, digest.hexdigest())
    if read_back(target) != written:
        raise Trouble(TroubleCode.COPY_DIFFERS, name=target.name, folder=str(target.parent))
    return written


def read_back(path: Path) -> Copied:
    """Return a file's size and SHA-256 on disk. Raise Trouble if it cannot be read."""
    digest, size = hashlib.sha256(), 0
    with disk.report_disk_errors(path):
        disk.require_regular(path)
        file = path.open("rb")
    with disk.report_disk_errors(path), file:
        _drop_page_cache(file.fileno())
        for piece in _pieces(path, file.fileno()):
            digest.update(piece)
            size += len(piece)
    return Copied(size, digest.hexdigest())


def flush_folder_anywhere(folder: Path) -> None:
    """Flush a folder's directory entries if the file system can; some shares report an error but store them anyway."""
    try:
        disk.flush_folder(folder)
    except OSError as error:
        if disk.is_space_error(error):
            raise


def _pieces(path: Path, descriptor: int) -> Iterator[bytes]:
    # A read error names this file's folder, whichever file is being written from it.
    while piece := _read_piece(path, descriptor):
        yield piece


def _read_piece(path: Path, descriptor: int) -> bytes:
    with disk.report_disk_errors(path):
        return os.read(descriptor, _PIECE)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _drop_page_cache(descriptor: int) -> None:
    # The data should be read from the disk, not from the page cache of the write.
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
