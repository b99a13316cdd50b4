"""What the room is quietly told: each notice as a value, worded by the window."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.trouble import Trouble


class NoticeKind(StrEnum):
    """The kinds of notice. None of them asks for anything."""

    PRESENTER_STILL_IN = "presenter-still-in"
    BACK_AGAIN = "back-again"
    TIME_GUESSED = "time-guessed"
    LATECOMER_PAUSED = "latecomer-paused"
    OFF_THE_RECORD_FROM_NOW = "off-the-record-from-now"
    MARKS_MOVED = "marks-moved"
    STRUCK = "struck"
    MARKED = "marked"
    GAP = "gap"
    FORGOTTEN_STOPPED = "forgotten-stopped"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `now_s` and `not_recorded_s` are seconds of the session, where the kind speaks of them."""

    kind: NoticeKind
    now_s: float = 0.0
    not_recorded_s: float = 0.0
    trouble: Trouble | None = None
