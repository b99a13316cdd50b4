"""Write a child's messages to standard output, one JSON object per line, on a thread of its own."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Mapping

# A stalled reader must not hold up the microphone: with this many lines queued, new levels are dropped.
_QUEUED = 64
_LONGEST_CLOSE_S = 0.5


class LineWriter:
    """Writes lines without ever waiting for the reader. A reader that has closed its end is not an error."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdout.fileno() if descriptor is None else descriptor
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="writes lines", daemon=True)
        self._thread.start()

    def write(self, message: Mapping[str, object]) -> None:
        """Queue a message that must not be dropped, such as an event."""
        self._lines.put(json.dumps(message).encode() + b"\n")

    def write_or_drop(self, message: Mapping[str, object]) -> None:
        """Queue a message that the next one supersedes, such as a level; drop it if the queue is full."""
        if self._lines.qsize() < _QUEUED:
            self.write(message)

    def close(self) -> None:
        """Write the queued messages, for half a second at most, since the reader may have stalled."""
        self._lines.put(None)
        self._thread.join(_LONGEST_CLOSE_S)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            view = memoryview(line)
            try:
                while view:
                    view = view[os.write(self._descriptor, view) :]
            except OSError:
                return
