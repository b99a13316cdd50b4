"""Whether a sound server has quietly given our stream another microphone: what PortAudio does not tell on Linux."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

# PulseAudio's own tool, which PipeWire answers, too. Where it is missing, nothing is known and nothing is said.
_TOOL = "pactl"
_ASK_S = 1.0
_OUTPUT = re.compile(r"^Source Output #", re.MULTILINE)
_SOURCE = re.compile(r"^\s*Source: (\d+)$", re.MULTILINE)
_PROCESS = re.compile(r'application\.process\.id = "(\d+)"')


def source_of(listing: str, pid: int) -> int | None:
    """Return the number of the source that a process records from, by pactl's list, None where it records none."""
    for told in _OUTPUT.split(listing)[1:]:
        process, source = _PROCESS.search(told), _SOURCE.search(told)
        if process and source and int(process[1]) == pid:
            return int(source[1])
    return None


def server_address() -> str | None:
    """Return where the sound server listens, None where there is none."""
    if told := os.environ.get("PULSE_SERVER"):
        return told
    socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/nothing")) / "pulse" / "native"
    return f"unix:{socket}" if socket.exists() else None


class MoveWatch:
    """Listens to what a sound server tells of streams; a thread of its own asks where ours is. Never waited for.

    Its helper ends with its input's reader: the server tells of our end, too, and nobody hears it.
    """

    def __init__(self) -> None:
        self._first: int | None = None
        self._helper: subprocess.Popen[str] | None = None
        self.moved = False

    def start(self) -> None:
        """Begin to listen, where there is something to listen to."""
        tool, server = shutil.which(_TOOL), server_address()
        if tool is None or server is None:
            return
        # Named, so that the tool never starts a server where there is none.
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
            threading.Thread(target=self._listen, args=arguments, name="moves", daemon=True).start()

    def stop(self) -> None:
        """Listen no more, and forget what was heard."""
        helper, self._helper = self._helper, None
        self._first, self.moved = None, False
        if helper is not None:
            helper.kill()

    def _listen(self, tool: str, helper: subprocess.Popen[str], environment: dict[str, str]) -> None:
        self._look(tool, helper, environment)
        for line in helper.stdout or ():
            if "source-output" in line:
                self._look(tool, helper, environment)
        helper.wait()

    def _look(self, tool: str, helper: subprocess.Popen[str], environment: dict[str, str]) -> None:
        try:
            listed = subprocess.run(
                [tool, "list", "source-outputs"],
                capture_output=True,
                check=True,
                text=True,
                timeout=_ASK_S,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError):
            return
        now = source_of(listed.stdout, os.getpid())
        if now is None or helper is not self._helper:
            return
        if self._first is None:
            self._first = now
        self.moved = now != self._first
