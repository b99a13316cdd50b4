"""Inhibit sleep through a child process, and test beforehand whether that works."""

from __future__ import annotations

import contextlib
import json
import subprocess

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.command import start_child
from balint_desktop.domain.foreign import FOREIGN_ERRORS


def can_keep_awake(timeout_s: float) -> bool:
    """Return whether this computer can be kept awake, False if unknown. Waits for the child."""
    with start_child("awake", "--probe") as child:
        try:
            out, _ = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            child.kill()
            return False
    try:
        return bool(json.loads(out)["awake"])
    except FOREIGN_ERRORS:
        return False


class AwakeHandle:
    """Holds the child that keeps the computer awake. `is_awake` is whether it works, None if unknown."""

    def __init__(self) -> None:
        self._child: LineChild | None = None
        self.is_awake: bool | None = None

    @property
    def pid(self) -> int | None:
        """Return the child's process id, None without a child."""
        return None if self._child is None else self._child.pid

    def inhibit_sleep(self, *, on: bool) -> None:
        """Keep the computer awake, or allow sleep again. Repeated calls with the same value have no effect."""
        if on == (self._child is not None):
            return
        if self._child is not None:
            self._child.close_input()
            self._child = None
            self.is_awake = None
            return
        child = LineChild("awake", on_line=self._on_line, on_end=lambda _code: None)
        self._child = child
        # Not worth failing a recording: without the child the computer sleeps as usual.
        with contextlib.suppress(OSError):
            child.start()

    def _on_line(self, line: Line) -> None:
        if "awake" in line:
            self.is_awake = bool(line["awake"])
