"""What a child says: one JSON object a line on standard output, from a thread of its own."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Mapping

# A reader that has gone to sleep must not hold up the microphone: beyond so many lines, new levels are dropped.
_WAITING = 64
_LONGEST_GOODBYE_S = 0.5
Told = Mapping[str, object]


class LinesOut:
    """Writes lines without ever waiting for whoever reads them. A reader that is gone is no error."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdout.fileno() if descriptor is None else descriptor
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="saying", daemon=True)
        self._thread.start()

    def say(self, told: Told) -> None:
        """Say something that must not be dropped: an event."""
        self._lines.put(json.dumps(told).encode() + b"\n")

    def say_if_heard(self, told: Told) -> None:
        """Say something that the next line replaces anyway: a level."""
        if self._lines.qsize() < _WAITING:
            self.say(told)

    def close(self) -> None:
        """Say what is left, for a moment; somebody who does not listen is not waited for."""
        self._lines.put(None)
        self._thread.join(_LONGEST_GOODBYE_S)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            view = memoryview(line)
            try:
                while view:
                    view = view[os.write(self._descriptor, view) :]
            except OSError:
                return
