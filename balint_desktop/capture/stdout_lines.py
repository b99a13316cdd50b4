"""Write a child's messages: one JSON object a line on standard output, from a thread of its own."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Mapping

# A reader that sleeps must not hold up the microphone: with so many lines queued, new levels are dropped.
_QUEUED = 64
_LONGEST_CLOSE_S = 0.5


class LineWriter:
    """Writes lines without ever waiting for their reader. A reader that has closed its end is no error."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdout.fileno() if descriptor is None else descriptor
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="writes lines", daemon=True)
        self._thread.start()

    def write(self, message: Mapping[str, object]) -> None:
        """Queue a message that must not be dropped: an event."""
        self._lines.put(json.dumps(message).encode() + b"\n")

    def write_or_drop(self, message: Mapping[str, object]) -> None:
        """Queue a message that the next one replaces anyway: a level."""
        if self._lines.qsize() < _QUEUED:
            self.write(message)

    def close(self) -> None:
        """Write what is queued, for half a second at most: a reader that does not read is not waited for."""
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
