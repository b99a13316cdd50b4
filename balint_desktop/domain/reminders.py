"""Private reminders of the leader: what is left to do for somebody, without a session, a person or a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from balint_desktop.domain.values import GroupId

ReminderId = NewType("ReminderId", str)


class ReminderKind(StrEnum):
    """What to do. `ANSWERS_ERASED` tells once that an earlier version's answers were taken out of the records."""

    FOLLOW_UP = "follow-up"
    SUPPORT = "support"
    ANSWERS_ERASED = "answers-erased"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. It is erased when done, and in no record, report or export."""

    id: ReminderId
    kind: ReminderKind
    group: GroupId | None = None
