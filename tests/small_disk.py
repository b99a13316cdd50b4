"""A small disk that can be full or read-only, if this user may mount one; otherwise its tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

_SIZE = 16_000_000


class SmallDisk:
    """A disk of some megabytes, mounted on a folder."""

    def __init__(self, folder, command):
        self.folder = folder
        self._command = command
        self._filler = folder / "somebody-else's"

    def fill(self, leaving=0):
        """Leave no free block, or that many bytes."""
        # Not by shutil or write_bytes: the very last block has to be used.
        with self._filler.open("wb", buffering=0) as file:
            size = 1 << 20
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    size //= 2
            if leaving:
                file.truncate(file.tell() - leaving)

    def make_room(self):
        """Free its space again."""
        self._filler.unlink()

    def set_read_only(self, *, read_only=True):
        """Make it read-only, or writable again."""
        mount(self._command, "-o", f"remount,{'ro' if read_only else 'rw'}", str(self.folder))


@pytest.fixture
def small_disk(tmp_path):
    """Mount a small disk, or skip if this user may not."""
    folder = tmp_path / "small-disk"
    folder.mkdir()
    command = next((c for c in _ways() if _mounts(c, folder)), None)
    if command is None:
        pytest.skip("not run: mounting a small disk needs root, or sudo without a password")
    yield SmallDisk(folder, command)
    subprocess.run([*command, "umount", "--lazy", str(folder)], check=True)


def mount(command, *arguments):
    subprocess.run([*command, "mount", *arguments], check=True, capture_output=True)


def _ways():
    yield []
    if shutil.which("sudo"):
        yield ["sudo", "--non-interactive"]


def _mounts(command, folder):
    options = f"size={_SIZE},uid={os.getuid()},gid={os.getgid()},mode=0700"
    try:
        mount(command, "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False
    return True
