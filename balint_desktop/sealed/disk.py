"""Durable, owner-only file writes, and classification of disk errors."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_TRIES = 10
_SECTOR = 4096
_WAIT_S = 0.02
_AT_ONCE = 1 << 16
# More than any passphrase file, key, roster or list of a backup has.
_SMALL = 1 << 26

_CODES = {
    errno.ENOSPC: TroubleCode.DISK_FULL,
    errno.EDQUOT: TroubleCode.DISK_FULL,
    errno.EFBIG: TroubleCode.DISK_FULL,
    errno.EROFS: TroubleCode.DISK_READ_ONLY,
}
# Windows' own numbers (winerror.h): Python translates these to a refusal, or to an invalid argument.
_WINDOWS_CODES = {
    19: TroubleCode.DISK_READ_ONLY,  # ERROR_WRITE_PROTECT
    39: TroubleCode.DISK_FULL,  # ERROR_HANDLE_DISK_FULL
    112: TroubleCode.DISK_FULL,  # ERROR_DISK_FULL
    1295: TroubleCode.DISK_FULL,  # ERROR_DISK_QUOTA_EXCEEDED
}
# A virus scanner, an indexer or a backup program has the file open for the moment: ERROR_ACCESS_DENIED, _SHARING_
# VIOLATION and _LOCK_VIOLATION.
_HELD_ELSEWHERE = frozenset({5, 32, 33})


def trouble_from_os_error(error: OSError, path: Path) -> Trouble:
    """Return the trouble for a disk error."""
    code = _space_code(error) or TroubleCode.FOLDER_UNWRITABLE
    return Trouble(code, folder=str(path if path.is_dir() else path.parent))


def is_space_error(error: OSError) -> bool:
    """Return whether an error means that the disk is full or not writable."""
    return _space_code(error) is not None


def _space_code(error: OSError) -> TroubleCode | None:
    return _WINDOWS_CODES.get(getattr(error, "winerror", None) or 0) or _CODES.get(error.errno or 0)


@contextlib.contextmanager
def report_disk_errors(path: Path) -> Iterator[None]:
    """Convert an OSError inside the block to a Trouble that names the folder."""
    try:
        yield
    except OSError as error:
        raise trouble_from_os_error(error, path) from error


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file atomically; on return it is on disk. Raise Trouble; the old file is then unchanged."""
    beside = path.with_name(f"{path.name}.new")
    with report_disk_errors(path):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _binary(), _PRIVATE_FILE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                flush_to_disk(file.fileno())
            replace(beside, path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        flush_folder(path.parent)


def read_around_bad_sectors(path: Path) -> bytes:
    """Return a file's bytes, zeros in place of unreadable ones. Raise OSError if it cannot be opened."""
    found = bytearray()
    descriptor = os.open(path, os.O_RDONLY | _binary())
    try:
        size = os.fstat(descriptor).st_size
        while len(found) < size:
            wanted = min(_SECTOR, size - len(found))
            os.lseek(descriptor, len(found), os.SEEK_SET)
            try:
                got = os.read(descriptor, wanted)
            except OSError:
                got = bytes(wanted)
            if not got:
                break
            found += got
    finally:
        os.close(descriptor)
    return bytes(found)


def read_small_file(path: Path) -> bytes:
    """Return a small file's bytes. Raise OSError if it is missing, too long, or a pipe or a device."""
    require_regular(path)
    if path.stat().st_size > _SMALL:
        raise OSError(errno.EFBIG, "too large", str(path))
    return path.read_bytes()


def require_regular(path: Path) -> None:
    """Check that a path is an ordinary file: reading a pipe or a device may never end. Raise OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file", str(path))


def read_or_none(path: Path) -> bytes | None:
    """Return a small file's bytes: None if it is missing, empty if it cannot be read."""
    try:
        return read_small_file(path)
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def make_private_folder(path: Path) -> None:
    """Create a folder and its missing parents, for the owner only. Raise Trouble.

    An existing folder becomes the owner's alone, too; its existing parents stay as they are.
    """
    with report_disk_errors(path):
        missing = [parent for parent in path.parents if not parent.exists()]
    for folder in (*reversed(missing), path):
        with report_disk_errors(folder):
            folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            if sys.platform != "win32":
                folder.chmod(_PRIVATE_FOLDER)
            flush_folder(folder.parent)


def flush_to_disk(descriptor: int) -> None:
    """Flush an open file's writes to the disk, and wait for it."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  needed on macOS only: its fsync stops at the drive's cache

        # A share or a stick may know no such flush: then a plain one, as SQLite does.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Flush a folder's directory entries to the disk. Windows stores them with the files."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unlink_with_retries(path: Path) -> bool:
    """Delete a file; retry briefly, since a virus scanner may hold it. Return whether it is deleted."""
    for _ in range(_TRIES):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            time.sleep(_WAIT_S)
        else:
            return True
    return False


def replace(old: Path, new: Path) -> None:
    """Move a file over another, or a folder to a new name, in one step. Raise OSError.

    Windows refuses while somebody has either open, as a virus scanner does for a moment: try again, briefly.
    """
    _retry_while_held(lambda: old.replace(new))


def rename(old: Path, new: Path) -> None:
    """Move a file or a folder to a new name; on Windows, an existing file is not replaced. Raise OSError."""
    _retry_while_held(lambda: old.rename(new))


def _retry_while_held(act: Callable[[], object]) -> None:
    for left in reversed(range(_TRIES)):
        try:
            act()
        except OSError as error:
            if not left or getattr(error, "winerror", None) not in _HELD_ELSEWHERE:
                raise
            time.sleep(_WAIT_S)
        else:
            return


def destroy_file(path: Path) -> None:
    """Overwrite a file, flush it, and delete it, so that its bytes are erased in place. Raise Trouble.

    A link or a pipe is deleted, and what it leads to is left alone. Copies elsewhere on the disk (a journal, a worn
    cell, a snapshot) cannot be reached from here.
    """
    with report_disk_errors(path):
        if is_link(path) or not path.is_file():
            path.unlink(missing_ok=True)
            return
    overwrite_file(path, flush=True)
    remove_file(path)
    with report_disk_errors(path):
        flush_folder(path.parent)


def overwrite_file(path: Path, *, flush: bool = False) -> None:
    """Overwrite a file's bytes in place with zeros. Needs no free space. Raise Trouble."""
    with report_disk_errors(path):
        descriptor = os.open(path, os.O_WRONLY | _binary() | getattr(os, "O_NOFOLLOW", 0))
        try:
            left = os.fstat(descriptor).st_size
            while left:
                left -= os.write(descriptor, bytes(min(left, _AT_ONCE)))
            if flush:
                flush_to_disk(descriptor)
        finally:
            os.close(descriptor)


def remove_file(path: Path) -> None:
    """Delete a file that may not exist. Raise Trouble if the system does not release it."""
    if not unlink_with_retries(path):
        raise Trouble(TroubleCode.FOLDER_UNWRITABLE, folder=str(path.parent))


def remove_folder(folder: Path) -> None:
    """Delete a folder with its contents; it may not exist. Raise Trouble.

    A link to a folder is deleted, and what it leads to is left alone.
    """
    if folder.is_symlink():
        remove_file(folder)
        return
    if not folder.exists():
        return
    with report_disk_errors(folder):
        paths = sorted(folder.iterdir())
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            remove_folder(path)
        else:
            remove_file(path)
    with report_disk_errors(folder):
        folder.rmdir()
        flush_folder(folder.parent)


def destroy_folder(folder: Path) -> None:
    """Overwrite every file in a folder, and delete it with its contents; it may not exist. Raise Trouble.

    For folders of small files: links are deleted, and what they lead to is left alone.
    """
    if folder.is_dir() and not folder.is_symlink():
        with report_disk_errors(folder):
            paths = sorted(folder.iterdir())
        for path in paths:
            if path.is_dir() and not path.is_symlink():
                destroy_folder(path)
            else:
                destroy_file(path)
    remove_folder(folder)


def is_link(path: Path) -> bool:
    """Return whether a path is a link: a symbolic one, or a junction of Windows."""
    try:
        found = path.lstat()
    except OSError:
        return False
    reparsed = getattr(found, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISLNK(found.st_mode) or bool(reparsed)


def links_in(folder: Path) -> list[Path]:
    """Return the links in a folder at any depth, itself included, without following any. Raise Trouble."""
    if is_link(folder):
        return [folder]
    if not folder.is_dir():
        return []
    with report_disk_errors(folder):
        paths = sorted(folder.iterdir())
    return [link for path in paths for link in links_in(path)]


def require_no_links(folder: Path) -> None:
    """Check that there is no link in a folder, nor in place of it. Raise Trouble LINK_IN_VAULT."""
    for link in links_in(folder):
        raise Trouble(TroubleCode.LINK_IN_VAULT, name=str(link))


def open_new(path: Path) -> int:
    """Open a new file for the owner only and return its descriptor. Raise FileExistsError if it exists."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _binary(), _PRIVATE_FILE)


def is_read_only(path: Path) -> bool:
    """Return whether the folder of a path cannot be written to, whatever space is left."""
    folder = path if path.is_dir() else path.parent
    if sys.platform == "win32":
        return not _takes_a_file(folder)
    return not os.access(folder, os.W_OK) or bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _takes_a_file(folder: Path) -> bool:
    """Return whether a new file can be made in a folder: `os.access` knows nothing of Windows' access lists."""
    trial = folder / f".{secrets.token_hex(4)}.trial"
    try:
        os.close(open_new(trial))
    except OSError as error:
        return is_space_error(error) and _space_code(error) is not TroubleCode.DISK_READ_ONLY
    unlink_with_retries(trial)
    return True


def free_bytes(path: Path) -> int:
    """Return the free bytes on the disk of this path, or of its nearest existing parent folder."""
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    return shutil.disk_usage(there).free


def _binary() -> int:
    return getattr(os, "O_BINARY", 0)
