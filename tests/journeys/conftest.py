"""One rehearsal shared by all tests that examine it: run once, without a network, and observed closely."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from waiting import GENEROUS_S
from watched_files import Watch

from balint_desktop.command import own_command

_CALLS = "execve,socket,connect,bind,mmap,memfd_create"
STRACE = ("strace", "-f", "-y", "--seccomp-bpf", "-e", f"trace={_CALLS}", "-o")
ALONE = (("unshare", "--net"), ("unshare", "--map-current-user", "--net"))
PLANTED = "planted, and gone a moment later"
_PLANT = 'printf %s "$PLANTED" > "$PLANTED_AT"; rm "$PLANTED_AT"; exec "$@"'


@dataclass(frozen=True)
class Rehearsed:
    folder: Path
    said: str
    errors: str
    code: int
    calls: str | None
    """The system calls on sockets and memory of it and all its children, None if watching is not permitted."""
    files: Watch | None
    """The files written by it and all its children, None if watching is not permitted."""
    alone: bool
    """Whether it had no network to speak to."""

    @property
    def vault(self):
        return self.folder / "data" / "vault"

    @property
    def passphrase(self):
        return re.search(r"passphrase: (.+)", self.said).group(1)

    @property
    def recording(self):
        (only,) = (self.vault / "recordings").iterdir()
        return only


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rehearsal") / "it"
    # Compiled modules contain the words of the script; the app did not write them.
    plain = {name: value for name, value in os.environ.items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}}
    plain |= {"PYTHONDONTWRITEBYTECODE": "1", "PLANTED": PLANTED, "PLANTED_AT": str(folder.parent / "planted")}
    calls = folder.parent / "calls"
    traced = [*STRACE, str(calls)] if _may([*STRACE, "/dev/null"]) else []
    alone = next((list(way) for way in ALONE if _may(way)), [])
    files = watch_if_allowed()
    with files or contextlib.nullcontext():
        done = subprocess.run(
            [*alone, *traced, "sh", "-c", _PLANT, "sh", *own_command("rehearse", "--to", str(folder))],
            capture_output=True,
            text=True,
            env=plain | (files.environment if files else {}),
            check=False,
            timeout=5 * GENEROUS_S,
        )
    text = calls.read_text(errors="replace") if traced else None
    return Rehearsed(folder, done.stdout, done.stderr, done.returncode, text, files, bool(alone))


def watch_if_allowed():
    """Return a watch on written files, None if this user may not have one."""
    try:
        return Watch()
    except OSError:
        return None


def _may(before):
    """Return whether a command may wrap another."""
    try:
        return subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
