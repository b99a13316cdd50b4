"""Build the command line that starts this program again as a child, from a checkout or a frozen build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def own_command(*arguments: str) -> list[str]:
    """Return the command line that runs this program with those arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "balint_desktop", *arguments]


def start_child(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start this program as a child in a session of its own, with pipes on all three streams.

    A session of its own keeps a Ctrl-C in the parent's terminal away from the recorder. Never a fork: it would
    copy the vault's secrets into the process that holds the microphone.
    """
    return subprocess.Popen(
        own_command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else dict(environment),
        **_in_a_session_of_its_own(),
    )


def start_program(program: str, *arguments: str | bytes) -> subprocess.Popen[bytes]:
    """Start another program of the system: no input, output through pipes. It ends when the pipe's reader closes."""
    return subprocess.Popen(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **_in_a_session_of_its_own(),
    )


def _in_a_session_of_its_own() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
