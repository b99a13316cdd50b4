"""Quiet notices of a running session, as values that the window puts into words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.trouble import Trouble


class NoticeKind(StrEnum):
    """Kinds of notice. None of them requires an action."""

    PRESENTER_STILL_IN = "presenter-still-in"
    BACK_AGAIN = "back-again"
    TIME_GUESSED = "time-guessed"
    LATECOMER_PAUSED = "latecomer-paused"
    OFF_THE_RECORD_FROM_NOW = "off-the-record-from-now"
    MARKS_MOVED = "marks-moved"
    REDACTED = "redacted"
    MARKED = "marked"
    GAP = "gap"
    FORGOTTEN_STOPPED = "forgotten-stopped"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `now_s` and `not_recorded_s` are session seconds, for kinds that use them."""

    kind: NoticeKind
    now_s: float = 0.0
    not_recorded_s: float = 0.0
    trouble: Trouble | None = None


class NoticeList:
    """The notices shown now, oldest first. A new one replaces an older one of its kind."""

    def __init__(self, elapsed_s: Callable[[], float], changed: Callable[[], None]) -> None:
        self._elapsed_s = elapsed_s
        self._changed = changed
        self._notices: list[Notice] = []

    def __iter__(self) -> Iterator[Notice]:
        return iter(tuple(self._notices))

    def add(self, kind: NoticeKind, not_recorded_s: float = 0.0, now_s: float | None = None) -> None:
        """Show a notice with the current session time, or with `now_s`."""
        self.add_quietly(Notice(kind, self._elapsed_s() if now_s is None else now_s, not_recorded_s))
        self._changed()

    def add_trouble(self, trouble: Trouble) -> None:
        """Show why an action was refused."""
        self.add_quietly(Notice(NoticeKind.TROUBLE, trouble=trouble))
        self._changed()

    def add_quietly(self, notice: Notice) -> Notice:
        """Add a notice without notifying listeners, as part of a larger change, and return it."""
        self._notices = [n for n in self._notices if n.kind is not notice.kind] + [notice]
        return notice

    def dismiss(self, notice: Notice) -> None:
        """Remove a notice if it is still shown."""
        if notice in self._notices:
            self._notices.remove(notice)
            self._changed()
