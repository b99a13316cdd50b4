"""Build the command line that starts this program again as a child, from a checkout or a frozen build."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_CONSOLE_PROGRAM = "balint-desktop.exe"


def own_command(*arguments: str) -> list[str]:
    """Return the command line that runs this program with those arguments."""
    if getattr(sys, "frozen", False):
        return [_console_program(), *arguments]
    return [sys.executable, "-m", "balint_desktop", *arguments]


def _console_program() -> str:
    """Return the packaged program that has standard streams: on Windows the window is another one, without any."""
    beside = Path(sys.executable).with_name(_CONSOLE_PROGRAM)
    return str(beside) if sys.platform == "win32" and beside.exists() else sys.executable


def start_child(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start this program as a child in a session of its own, with pipes on all three streams.

    A session of its own keeps a Ctrl-C in the parent's terminal away from the recorder. Never a fork: it would
    copy the vault's secrets into the process that holds the microphone.
    """
    return start_piped(own_command(*arguments), environment)


def start_piped(command: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a command as `start_child` does: in a session of its own, with pipes on all three streams."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else dict(environment),
        **own_session(),
    )


def start_program(program: str, *arguments: str | bytes) -> subprocess.Popen[bytes]:
    """Start another program of the system: no input, output through pipes. It ends when the pipe's reader closes."""
    return subprocess.Popen(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **own_session(),
    )


def is_reader_gone(error: OSError) -> bool:
    """Return whether a write failed because nobody reads the pipe any more: Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def own_session() -> dict[str, Any]:
    """Return what `subprocess` is asked for: a session of its own, and on Windows no console window of its own."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
