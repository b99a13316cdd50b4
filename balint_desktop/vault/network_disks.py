"""Detect folders on network disks, where locks and SQLite are unsafe."""

from __future__ import annotations

import re
from pathlib import Path

# SQLite's write-ahead log needs memory shared between processes, which no network file system has (sqlite.org/wal).
_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "webdav", "davfs", "ncpfs"),
        *("ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse"),
    }
)
_WINDOWS_SHARE = re.compile(r"\\\\(?!\?\\)|\\\\\?\\UNC\\", re.IGNORECASE)
"""A share's path, also in the form of long paths; a long path on a disk of this computer is none."""


def is_on_network(folder: Path) -> bool:
    """Return whether a folder, existing or not, is on a network disk."""
    import psutil  # noqa: PLC0415  it takes a while to load, and the window's first paint does not need it

    there = folder.resolve()
    if _WINDOWS_SHARE.match(str(there)):
        return True
    mounts = [disk for disk in psutil.disk_partitions(all=True) if there.is_relative_to(disk.mountpoint)]
    nearest = max(mounts, key=lambda disk: len(disk.mountpoint), default=None)
    if nearest is None:
        return False
    return nearest.fstype.casefold() in _NETWORK or "remote" in nearest.opts.split(",")
