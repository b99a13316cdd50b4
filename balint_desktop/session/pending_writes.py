"""What has happened and must be kept although the disk refuses now: held in order, and kept as soon as it can be."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from balint_desktop.domain.trouble import Trouble

Keep = Callable[[], None]
"""Keeps one thing. Raises Trouble where the disk refuses."""


class Backlog:
    """Things to keep, oldest first. A later one is never kept before an earlier one."""

    def __init__(self) -> None:
        self._waiting: deque[Keep] = deque()

    def keep(self, keep: Keep) -> Trouble | None:
        """Keep something now, or hold it. Return why it is held, None where it is kept."""
        self._waiting.append(keep)
        try:
            self.catch_up()
        except Trouble as trouble:
            return trouble
        return None

    def catch_up(self) -> None:
        """Keep what is held. Raise Trouble where the disk still refuses; the rest is then still held."""
        while self._waiting:
            keep = self._waiting.popleft()
            try:
                keep()
            except Trouble:
                self._waiting.appendleft(keep)
                raise
