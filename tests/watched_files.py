"""Every file that a run writes, captured at each write, even if it is deleted a moment later.

The kernel tells (fanotify) of each write on the file systems that matter, with an open file in hand. Linux, and root.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import secrets
import select
import struct
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_CLOEXEC, _UNLIMITED_QUEUE = 0x1, 0x10
_ADD, _FILE_SYSTEM = 0x1, 0x100
_MODIFY, _CLOSE_WRITE = 0x2, 0x8
_AT_FDCWD = -100
_EVENT = struct.Struct("IBBHQii")
_TOKEN = "WATCHED_RUN"
_LONGEST = 1 << 25
_EVERY_S = 0.25
_MANY = 20


@dataclass(frozen=True)
class Written:
    """A file at one of its writes."""

    path: str
    pid: int
    digest: bytes


class Watch:
    """Collects what the processes with `environment` write. Raise OSError if this user may not watch."""

    def __init__(self):
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._called(
            self._libc.fanotify_init(_CLOEXEC | _UNLIMITED_QUEUE, os.O_RDONLY | os.O_LARGEFILE | os.O_CLOEXEC)
        )
        self._token = f"{_TOKEN}={secrets.token_hex(8)}"
        self._ours = {}
        self._looked_s = {}
        self._latest = {}
        self.contents = {}
        self.written = set()
        try:
            for folder in _one_of_each_disk():
                self._mark(folder)
        except OSError:
            os.close(self._descriptor)
            raise
        self._ended, self._end = os.pipe()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    @property
    def environment(self):
        """Return the variables that mark the processes of this run."""
        name, _, value = self._token.partition("=")
        return {name: value}

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        os.write(self._end, b".")
        self._thread.join()
        for descriptor in (self._descriptor, self._ended, self._end):
            os.close(descriptor)

    def _mark(self, folder):
        mask = ctypes.c_uint64(_MODIFY | _CLOSE_WRITE)
        self._called(
            self._libc.fanotify_mark(self._descriptor, _ADD | _FILE_SYSTEM, mask, _AT_FDCWD, os.fsencode(folder))
        )

    @staticmethod
    def _called(returned):
        if returned < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return returned

    def _watch(self):
        ending = False
        while True:
            ready, _, _ = select.select([self._descriptor, self._ended], [], [], 0 if ending else None)
            if self._descriptor in ready:
                self._take(os.read(self._descriptor, 1 << 16))
            elif ending:
                return
            ending = ending or self._ended in ready

    def _take(self, events):
        at = 0
        while at < len(events):
            length, _, _, _, mask, descriptor, pid = _EVENT.unpack_from(events, at)
            at += length
            if descriptor < 0:
                raise OSError("the kernel told of more than could be taken")
            try:
                if self._is_ours(pid):
                    self._keep(descriptor, pid, closed=bool(mask & _CLOSE_WRITE))
            finally:
                os.close(descriptor)

    def _is_ours(self, pid):
        """Return whether a process belongs to this run; one that has ended meanwhile counts as ours."""
        if pid == os.getpid():
            return False
        if pid not in self._ours:
            try:
                self._ours[pid] = self._token.encode() in Path(f"/proc/{pid}/environ").read_bytes()
            except OSError:
                return True
        return self._ours[pid]

    def _keep(self, descriptor, pid, *, closed):
        """Store a file's current content: always when it is closed, and regularly while it is written to."""
        path, now_s = str(Path(f"/proc/self/fd/{descriptor}").readlink()).removesuffix(" (deleted)"), time.monotonic()
        if not closed and now_s < self._looked_s.get(path, 0.0) + _EVERY_S:
            return
        self._looked_s[path] = now_s
        content = os.pread(descriptor, min(os.fstat(descriptor).st_size, _LONGEST), 0)
        digest = hashlib.sha256(content).digest()
        before = self._latest.get((path, pid))
        if before is not None and content.startswith(self.contents[before]) and digest != before:
            # It has only grown: its new content contains the old.
            self.written.discard(Written(path, pid, before))
        self._latest[path, pid] = digest
        self.contents[digest] = content
        self.written.add(Written(path, pid, digest))
        self._forget()

    def _forget(self):
        """Delete stored contents that no recorded write refers to."""
        if len(self.contents) > 2 * len(self.written) + _MANY:
            for digest in self.contents.keys() - {one.digest for one in self.written}:
                del self.contents[digest]

    def leave_out(self, pids=(), folder=None):
        """Drop writes of processes that ended before they could be identified, except these and files in a folder."""
        sure = {pid for pid, ours in self._ours.items() if ours} | set(pids)
        inside = f"{folder}/"
        self.written = {one for one in self.written if one.pid in sure or (folder and one.path.startswith(inside))}

    def holding(self, forms, but=()):
        """Return the paths of written files that contained any of these bytes at any time; not those of `but`."""
        hit = {digest for digest, content in self.contents.items() if any(form in content for form in forms)}
        return {one.path for one in self.written if one.digest in hit and not one.path.endswith(tuple(but))}


def _one_of_each_disk():
    """Return a folder on each file system that programs write to."""
    others = ("/var/tmp", "/dev/shm", "/run")  # noqa: S108  nothing is written there
    folders = [Path(folder) for folder in ("/", tempfile.gettempdir(), *others)]
    found = {folder.stat().st_dev: folder for folder in (*folders, Path.home(), Path.cwd()) if folder.is_dir()}
    return list(found.values())
