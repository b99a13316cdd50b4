"""Queue of failed writes, retried in order until they succeed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from balint_desktop.domain.trouble import Trouble

Write = Callable[[], None]
"""Writes one item. Raises Trouble on a disk error."""


class PendingWrites:
    """A queue of writes, oldest first. No write reaches the disk before an earlier one."""

    def __init__(self) -> None:
        self._waiting: deque[Write] = deque()

    def write(self, write: Write) -> Trouble | None:
        """Write now, after any queued writes, or queue it. Return the reason it is queued, None if it is written."""
        self._waiting.append(write)
        try:
            self.flush()
        except Trouble as trouble:
            return trouble
        return None

    def flush(self) -> None:
        """Write all queued writes. Raise Trouble if the disk still fails; the rest stays queued."""
        while self._waiting:
            write = self._waiting.popleft()
            try:
                write()
            except Trouble:
                self._waiting.appendleft(write)
                raise
