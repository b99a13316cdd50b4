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
    extra: dict[str, Any] = {}
    if sys.platform == "win32":
        extra["creationflags"] = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        extra["start_new_session"] = True
    return subprocess.Popen(
        own_command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else dict(environment),
        **extra,
    )
