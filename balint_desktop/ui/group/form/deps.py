"""Dependencies of the place Groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from balint_desktop.domain.group.dates import Plan
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.log.dates import GroupSpan
from balint_desktop.vault.new_group import NewGroup


class GroupStore(Protocol):
    """Storage of groups."""

    def groups(self) -> Sequence[Group]:
        """Return every group."""
        ...

    def save_group(self, group: Group) -> None:
        """Save a new or changed group."""
        ...


class GroupDates(Protocol):
    """Calendars and archive state of groups. All methods raise Trouble."""

    def spans(self) -> Sequence[GroupSpan]:
        """Return each group's first and last date."""
        ...

    def plan(self, group: GroupId) -> Plan:
        """Return a group's calendar."""
        ...

    def archive(self, group: GroupId) -> None:
        """Archive a group."""
        ...

    def unarchive(self, group: GroupId) -> None:
        """Unarchive a group."""
        ...


@dataclass(frozen=True, slots=True)
class GroupDeps:
    """Add, plan and archive groups.

    `add` saves a new group, all of it or nothing. `drafts` keeps a half-typed form over a lock.
    """

    dates: GroupDates
    today: Callable[[], date]
    add: Callable[[NewGroup], None]
    drafts: Drafts | None = None
