"""The recorder's handle on the child that hears what the computer plays: its blocks, its loss and its return."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable

from balint_desktop.capture.block_pipe import read_block
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.command import start_child
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.pipes import drop_errors

_QUEUED = 60 * RATE_HZ // BLOCK_FRAMES
_RESTART_EVERY_S = 2.0
_STALLED_S = 5.0
_END_TIMEOUT_S = 1.0

Heard = tuple[Block, float]
"""A block and its latency in seconds."""


def start_computer_child(name: str) -> subprocess.Popen[bytes]:
    """Start the child that passes on what an output of this computer plays."""
    return start_child("computer-sound", "--source", name)


class ComputerStream:
    """What a computer plays, from a child process that is started again when it has ended."""

    def __init__(self, name: str, start: Callable[[str], subprocess.Popen[bytes]] = start_computer_child) -> None:
        self.name = name
        self._start = start
        self._child: subprocess.Popen[bytes] | None = None
        self._blocks: deque[Heard] = deque(maxlen=_QUEUED)
        self._has_ended = False
        self._last_s = 0.0
        self._restart_at_s = 0.0

    def open(self) -> None:
        """Start the child. Its sound follows, or its loss."""
        self._has_ended = False
        self._last_s = time.monotonic()
        self._blocks = deque(maxlen=_QUEUED)
        self._child = self._start(self.name)
        threading.Thread(target=self._read, args=(self._child, self._blocks), name="hears", daemon=True).start()
        drop_errors(self._child, "computer sound")

    def read_blocks(self) -> list[Heard]:
        """Return the blocks received. Never waits."""
        blocks = []
        while self._blocks:
            blocks.append(self._blocks.popleft())
        if blocks:
            self._last_s = time.monotonic()
        return blocks

    @property
    def is_lost(self) -> bool:
        """Return whether the child has ended, or sends nothing."""
        return self._child is None or self._has_ended or time.monotonic() - self._last_s > _STALLED_S

    def reopen_if_due(self) -> None:
        """Start the child again after a loss, every two seconds."""
        now_s = time.monotonic()
        if now_s >= self._restart_at_s:
            self._restart_at_s = now_s + _RESTART_EVERY_S
            self.close()
            self.open()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            if child.stdin is not None:
                child.stdin.close()
        try:
            child.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _read(self, child: subprocess.Popen[bytes], blocks: deque[Heard]) -> None:
        if child.stdout is not None:
            with child.stdout as out, contextlib.suppress(OSError, ValueError):
                while (heard := read_block(out.read)) is not None:
                    blocks.append(heard)
        if child is self._child:
            self._has_ended = True
