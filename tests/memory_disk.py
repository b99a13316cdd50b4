"""Where tests put their files: into memory, where the system has such a folder with room.

Whatever the app keeps it flushes to the disk, some ten thousand times in all tests, and each time a real disk makes a
test wait. A test sees which flushes there are and what is left where one never comes; none can see the disk's own part
in it, which is lost with the current alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_SHARED = Path("/dev/shm")  # noqa: S108  a folder of one's own is made in it
_NEEDED = 2 * 1024**3


def use() -> None:
    """Let this process and its children have their temporary files in memory, unless the caller has chosen a folder."""
    if "TMPDIR" in os.environ or not _has_room():
        return
    # Short: the address of a socket in it has 107 characters.
    folder = _SHARED / f"balint-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["TMPDIR"] = str(folder)
    # Asked once by then.
    tempfile.tempdir = str(folder)


def _has_room() -> bool:
    """Return whether files may be written and, since tests make programs, run there."""
    if not os.access(_SHARED, os.W_OK | os.X_OK):
        return False
    return not os.statvfs(_SHARED).f_flag & os.ST_NOEXEC and shutil.disk_usage(_SHARED).free >= _NEEDED
