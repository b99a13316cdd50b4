"""An operating-system file lock, released when its process ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from balint_desktop.sealed.disk import unlink_with_retries

if sys.platform == "win32":
    import msvcrt

    def _lock_descriptor(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock_descriptor(descriptor: int) -> None:
        # Windows lifts the lock of a closed file when it has time to; until then the next one to open it is refused.
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock_descriptor(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock_descriptor(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class FileLock:
    """A lock that one process at a time can hold. The file's content is irrelevant."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Return whether this object holds the lock."""
        return self._descriptor is not None

    def try_acquire(self) -> bool:
        """Acquire the lock; return False if it is held elsewhere. Raise OSError if the file cannot be created."""
        if self._descriptor is not None:
            return True
        return self._lock(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))

    def try_acquire_without_writing(self) -> bool:
        """Acquire the lock on a disk that takes no new file: on the file if it exists, else on its folder.

        Raise OSError where the system locks no folders.
        """
        if self._descriptor is not None:
            return True
        return self._lock(os.open(self._path if self._path.exists() else self._path.parent, os.O_RDONLY))

    def _lock(self, descriptor: int) -> bool:
        try:
            _lock_descriptor(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Release the lock."""
        if self._descriptor is not None:
            _close_unlocked(self._descriptor)
            self._descriptor = None

    def release_and_delete(self) -> None:
        """Release the lock and delete its file. Elsewhere than on Windows nobody can take it in between."""
        if sys.platform == "win32":
            # An open file cannot be deleted there.
            self.release()
        unlink_with_retries(self._path)
        self.release()


def is_held_elsewhere(path: Path) -> bool:
    """Return whether another process (or another lock object) holds the lock on this file."""
    if not path.exists():
        return False
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock_descriptor(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        return True
    _close_unlocked(descriptor)
    return False


def _close_unlocked(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        _unlock_descriptor(descriptor)
    with contextlib.suppress(OSError):
        os.close(descriptor)
