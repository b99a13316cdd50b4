"""The app's handle on a child that writes JSON lines: read on a thread, with its end reported exactly once."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from balint_desktop.command import start_child
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.pipes import drop_errors

Line = dict[str, Any]


class LineChild:
    """Runs the program as a child; calls `on_line`, then `on_end` with the exit code, on a reader thread."""

    def __init__(self, *arguments: str, on_line: Callable[[Line], None], on_end: Callable[[int], None]) -> None:
        self._arguments = arguments
        self._on_line = on_line
        self._on_end = on_end
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._writing = threading.Lock()

    def start(self) -> None:
        """Start the child."""
        self._process = start_child(*self._arguments)
        self._reader = threading.Thread(target=self._read, name=f"reads {self._arguments[0]}", daemon=True)
        self._reader.start()
        drop_errors(self._process, self._arguments[0])

    @property
    def pid(self) -> int | None:
        """Return the process id, None before `start`."""
        return None if self._process is None else self._process.pid

    def send_line(self, line: str) -> None:
        """Send a line of text. Ignored if the child has ended: its end is reported anyway."""
        self.send(line.encode() + b"\n")

    def send(self, data: bytes) -> None:
        """Send bytes. Ignored if the child has ended."""
        if self._process is None or self._process.stdin is None:
            return
        with self._writing, contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def close_input(self) -> None:
        """Close the child's standard input."""
        if self._process is None or self._process.stdin is None:
            return
        with self._writing, contextlib.suppress(OSError, ValueError):
            self._process.stdin.close()

    def kill(self) -> None:
        """Kill the child."""
        if self._process is not None:
            self._process.kill()

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code once all of the child's lines are read, None after the timeout."""
        if self._process is None or self._reader is None:
            return None
        self._reader.join(timeout_s)
        return None if self._reader.is_alive() else self._process.returncode

    def _read(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        for line in process.stdout:
            # A kill may truncate the last line; the exit code is what counts.
            try:
                message = json.loads(line)
            except FOREIGN_ERRORS:
                continue
            # A child that a hostile file compromised may say anything: what is none of its messages is dropped.
            if isinstance(message, dict):
                with contextlib.suppress(ValueError, KeyError, TypeError, OverflowError):
                    self._on_line(message)
        code = process.wait()
        process.stdout.close()
        self.close_input()
        self._on_end(code)
