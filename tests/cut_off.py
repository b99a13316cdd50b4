"""Interrupting a redaction: at each file operation in turn, or by killing the process that does it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import stat
import sys
from pathlib import Path

from sealed_recordings import SealedRecording

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.clock import SystemClock
from balint_desktop.recordings.redact_vault import VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.vault import OpenVault

# Every file operation of the app goes through one of these.
OPERATIONS = ("open", "write", "fsync", "link", "replace", "unlink")


class Killed(BaseException):
    """The process ended here: nothing after it runs, and nothing cleans up."""


class Faults:
    """Fails the nth operation under a folder, or ends everything there: before, after or during it."""

    def __init__(self, monkeypatch, folder, at, how):
        self.seen = []
        self._folder = str(folder)
        self._at = at
        self._how = how
        self._dead = False
        for name in OPERATIONS:
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name, real):
        def watched(*args, **details):
            if not self._concerns(name, args):
                return real(*args, **details)
            if self._dead:
                raise Killed
            self.seen.append(name)
            if len(self.seen) != self._at:
                return real(*args, **details)
            if self._how == "refused":
                raise OSError(errno.EIO, "refused")
            self._dead = True
            if self._how == "half":
                _half(name, real, args)
            elif self._how == "after":
                real(*args, **details)
            raise Killed

        return watched

    def _concerns(self, name, args):
        if name in {"write", "fsync"}:
            with contextlib.suppress(OSError):
                return str(Path(f"/proc/self/fd/{args[0]}").readlink()).startswith(self._folder)
            return False
        writes = name != "open" or (len(args) > 1 and args[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        return writes and str(args[0]).startswith(self._folder)


def _half(name, real, args):
    """Do half of a write, or let half of a file reach the disk; other operations are done fully or not at all."""
    if name == "write":
        real(args[0], bytes(args[1])[: len(args[1]) // 2])
    elif name == "fsync" and stat.S_ISREG(os.fstat(args[0]).st_mode):
        os.ftruncate(args[0], os.fstat(args[0]).st_size // 2)


def crash_first_part(kept, seconds=30.0):
    """Replace the first part with what a dead recorder leaves: a file without an end, and a tail."""
    vault = kept.made.open()
    key = vault.recording_key(kept.recording)
    shutil.rmtree(kept.folder / "01")
    bare = SealedRecording(kept.folder.parent.parent / "aside")
    bare.key = key
    bare.killed_part(1, seconds, offset_s=60.0)
    shutil.move(bare.folder / "01", kept.folder / "01")
    shutil.rmtree(bare.folder)
    # The recorder's last report: two thirds were written, and a little less was reported.
    vault.log.recordings.finish_part(kept.recording, 1, seconds * 0.6, None)
    vault.close()


def cut_all(vault):
    """Redact as the window does."""
    return VaultRedaction(vault, RecordingService(vault, open_pcm, encode_pcm)).cut_all()


def main(folder, killed_after_s):
    """Redact in a child process that the system kills after that many seconds. The secret comes on standard input."""
    secret = VaultSecret.from_text(sys.stdin.read())
    vault = OpenVault(Path(folder), secret, SystemClock())
    # The signal is not handled, so the system ends the process at once, wherever it is.
    signal.setitimer(signal.ITIMER_REAL, killed_after_s)
    cut_all(vault)
    signal.setitimer(signal.ITIMER_REAL, 0)
    vault.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
