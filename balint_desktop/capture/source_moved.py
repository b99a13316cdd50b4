"""Detect that a sound server moved our stream to another microphone, which PortAudio does not report. Linux only."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

# PulseAudio's own tool, which also works with PipeWire. Without it no moves are reported.
_TOOL = "pactl"
_LIST_TIMEOUT_S = 1.0
_OUTPUT = re.compile(r"^Source Output #", re.MULTILINE)
_SOURCE = re.compile(r"^\s*Source: (\d+)$", re.MULTILINE)
_PROCESS = re.compile(r'application\.process\.id = "(\d+)"')


def source_number(listing: str, pid: int) -> int | None:
    """Return the number of the source that a process records from, by pactl's list, or None."""
    for output in _OUTPUT.split(listing)[1:]:
        process, source = _PROCESS.search(output), _SOURCE.search(output)
        if process and source and int(process[1]) == pid:
            return int(source[1])
    return None


def server_address() -> str | None:
    """Return the address of the sound server, or None."""
    if address := os.environ.get("PULSE_SERVER"):
        return address
    socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/nothing")) / "pulse" / "native"
    return f"unix:{socket}" if socket.exists() else None


class SourceMoveWatcher:
    """Subscribes to a sound server's events, and looks up our stream's source on a thread. Never waited for.

    `moved` is whether the source differs from the first one, and `now` its number. The subscribed tool ends after this
    process: the server sends an event for that, too, and the tool's pipe has no reader by then.
    """

    def __init__(self) -> None:
        self._first: int | None = None
        self._helper: subprocess.Popen[str] | None = None
        self.moved = False
        self.now: int | None = None

    def start(self) -> None:
        """Subscribe, if there is a sound server and the tool to query it."""
        tool, server = shutil.which(_TOOL), server_address()
        if tool is None or server is None:
            return
        # The address is given, so that the tool never starts a server.
        environment = {**os.environ, "LC_ALL": "C", "PULSE_SERVER": server}
        with contextlib.suppress(OSError):
            self._helper = subprocess.Popen(
                [tool, "subscribe"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
            arguments = (tool, self._helper, environment)
            threading.Thread(target=self._run, args=arguments, name="watches the source", daemon=True).start()

    def stop(self) -> None:
        """Unsubscribe, and forget the first source."""
        helper, self._helper = self._helper, None
        self._first, self.moved = None, False
        if helper is not None:
            helper.kill()

    def _run(self, tool: str, helper: subprocess.Popen[str], environment: dict[str, str]) -> None:
        self._update(tool, helper, environment)
        for line in helper.stdout or ():
            if "source-output" in line:
                self._update(tool, helper, environment)
        helper.wait()

    def _update(self, tool: str, helper: subprocess.Popen[str], environment: dict[str, str]) -> None:
        try:
            listed = subprocess.run(
                [tool, "list", "source-outputs"],
                capture_output=True,
                check=True,
                text=True,
                timeout=_LIST_TIMEOUT_S,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError):
            return
        now = source_number(listed.stdout, os.getpid())
        if now is None or helper is not self._helper:
            return
        if self._first is None:
            self._first = now
        self.now, self.moved = now, now != self._first
