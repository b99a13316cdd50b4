"""Writes that the disk refused: held in order, and retried until it takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from balint_desktop.domain.trouble import Trouble

Write = Callable[[], None]
"""Writes one thing. Raises Trouble where the disk refuses."""


class PendingWrites:
    """A queue of writes, oldest first. A later one never reaches the disk before an earlier one."""

    def __init__(self) -> None:
        self._waiting: deque[Write] = deque()

    def write(self, write: Write) -> Trouble | None:
        """Write now, after what is held, or hold it. Return why it is held, None where it is written."""
        self._waiting.append(write)
        try:
            self.flush()
        except Trouble as trouble:
            return trouble
        return None

    def flush(self) -> None:
        """Write what is held. Raise Trouble where the disk still refuses; the rest stays held."""
        while self._waiting:
            write = self._waiting.popleft()
            try:
                write()
            except Trouble:
                self._waiting.appendleft(write)
                raise
