"""Dependencies of the place Groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from balint_desktop.domain.group.dates import Plan
from balint_desktop.domain.group.people import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.dates import GroupSpan


class GroupBook(Protocol):
    """Where groups are kept."""

    def groups(self) -> Sequence[Group]:
        """Return every group."""
        ...

    def save_group(self, group: Group) -> None:
        """Keep a group, new or changed."""
        ...


class GroupDates(Protocol):
    """What is known of groups besides their frame: their calendars, and which are put away. All raise Trouble."""

    def spans(self) -> Sequence[GroupSpan]:
        """Return from when to when each group meets."""
        ...

    def plan(self, group: GroupId) -> Plan:
        """Return a group's calendar."""
        ...

    def put_away(self, group: GroupId) -> None:
        """List a group on demand only."""
        ...

    def bring_back(self, group: GroupId) -> None:
        """List a group among the others again."""
        ...


@dataclass(frozen=True, slots=True)
class GroupCare:
    """How groups are added, planned and put away.

    `add` keeps a new group with its calendar and the terms of the earlier group that it was begun from, if any.
    """

    dates: GroupDates
    today: Callable[[], date]
    add: Callable[[Group, Plan, GroupId | None], None]
