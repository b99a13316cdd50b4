"""Concurrent troubles of a recording, and which of them to show."""

from __future__ import annotations

from enum import IntEnum, auto

from balint_desktop.domain.trouble import Trouble


class Cause(IntEnum):
    """Cause of a trouble, which determines when it ends. The first of the current causes is shown."""

    ENDED = auto()
    MICROPHONE = auto()
    SILENT = auto()
    MUTED = auto()
    COMPUTER = auto()
    CHANGED = auto()
    DISK = auto()
    DROPPED = auto()


class RecordingTroubles:
    """The current troubles, one per cause."""

    def __init__(self) -> None:
        self._lasting: dict[Cause, Trouble] = {}

    @property
    def first(self) -> Trouble | None:
        """Return the trouble to show, or None."""
        return self._lasting[min(self._lasting)] if self._lasting else None

    def has(self, cause: Cause) -> bool:
        """Return whether there is a trouble with this cause."""
        return cause in self._lasting

    def get(self, cause: Cause) -> Trouble | None:
        """Return the trouble with this cause, or None."""
        return self._lasting.get(cause)

    def begin(self, cause: Cause, trouble: Trouble) -> bool:
        """Add a trouble, replacing an older one with the same cause. Return whether it differs from that."""
        older = self._lasting.get(cause)
        self._lasting[cause] = trouble
        return older is None or str(older) != str(trouble)

    def end(self, *causes: Cause) -> None:
        """Remove the troubles of these causes."""
        for cause in causes:
            self._lasting.pop(cause, None)

    def clear(self) -> None:
        """Remove all troubles."""
        self._lasting.clear()
