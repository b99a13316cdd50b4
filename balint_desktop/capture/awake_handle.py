"""How the app keeps the machine awake, and learns beforehand whether it can."""

from __future__ import annotations

import contextlib
import json
import subprocess

from balint_desktop.capture.line_child import Line, LineChild
from balint_desktop.command import start_child


def can_keep_awake(timeout_s: float) -> bool:
    """Return whether this machine can be kept awake; waits for the child. What cannot be found out counts as no."""
    with start_child("awake", "--probe") as child:
        try:
            out, _ = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            child.kill()
            return False
    told = {}
    with contextlib.suppress(ValueError):
        told = json.loads(out)
    return bool(told.get("awake"))


class AwakeHandle:
    """Holds the child that keeps the machine awake, for as long as there is anything to record."""

    def __init__(self) -> None:
        self._child: LineChild | None = None
        self.is_awake: bool | None = None

    @property
    def pid(self) -> int | None:
        """Return the child's process id, None where there is none."""
        return None if self._child is None else self._child.pid

    def inhibit_sleep(self, *, on: bool) -> None:
        """Keep the machine awake, or let it sleep again. May be told the same many times."""
        if on == (self._child is not None):
            return
        if self._child is not None:
            self._child.end_input()
            self._child = None
            self.is_awake = None
            return
        child = LineChild("awake", on_line=self._on_line, on_end=lambda _code: None)
        self._child = child
        # Never worth a recording: without it the machine sleeps as it always did.
        with contextlib.suppress(OSError):
            child.start()

    def _on_line(self, told: Line) -> None:
        if "awake" in told:
            self.is_awake = bool(told["awake"])
