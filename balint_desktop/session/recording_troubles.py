"""The troubles that a recording has at the same time, and which of them to show."""

from __future__ import annotations

from enum import IntEnum, auto

from balint_desktop.domain.trouble import Trouble


class Cause(IntEnum):
    """What a trouble comes from, and so what ends it. The first of those that last is shown."""

    ENDED = auto()
    MICROPHONE = auto()
    SILENT = auto()
    MUTED = auto()
    CHANGED = auto()
    DISK = auto()
    DROPPED = auto()


class RecordingTroubles:
    """The troubles that last, one for each cause."""

    def __init__(self) -> None:
        self._lasting: dict[Cause, Trouble] = {}

    @property
    def first(self) -> Trouble | None:
        """Return the trouble to show, None where all is well."""
        return self._lasting[min(self._lasting)] if self._lasting else None

    def has(self, cause: Cause) -> bool:
        """Return whether there is a trouble of that cause."""
        return cause in self._lasting

    def begin(self, cause: Cause, trouble: Trouble) -> bool:
        """Add a trouble in place of an older one of the same cause. Tell whether that says anything new."""
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
