"""DatesService: change a group's calendar, with undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from balint_desktop.domain.group.date_changes import Act
from balint_desktop.domain.group.dates import Held, Plan, PlannedSession, clashes
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts


class Dates(Protocol):
    """Storage of calendars. All raise Trouble."""

    def plan(self, group: GroupId) -> Plan:
        """Return a group's calendar, empty if there is none."""
        ...

    def save_plan(self, group: GroupId, plan: Plan) -> None:
        """Save a group's calendar."""
        ...

    def held(self, group: GroupId) -> Held:
        """Return the numbers of a group's held sessions."""
        ...

    def held_days(self, group: GroupId) -> Mapping[int, date]:
        """Return the day on which each of a group's held sessions began."""
        ...

    def on_days(self, first: date, last: date, but: GroupId) -> Sequence[tuple[str, PlannedSession]]:
        """Return other groups' sessions on those days, with the group names."""
        ...


@dataclass(frozen=True, slots=True)
class Calendar:
    """A group's dates for display. `clashes` are sessions at the same time as a named other group's.

    `held_days` are the days on which sessions were held, which may be others than were planned.
    """

    plan: Plan
    held: Held
    today: date
    clashes: tuple[tuple[PlannedSession, str], ...] = ()
    held_days: Mapping[int, date] = field(default_factory=dict)

    def day_of(self, line: PlannedSession) -> date:
        """Return the day on which a session was held, or is planned."""
        return self.held_days.get(line.number or 0, line.day)


@dataclass(frozen=True, slots=True)
class DatesService:
    """Change a calendar. Each method returns whether it succeeded; errors are reported."""

    dates: Dates
    messages: Messages
    undoing: UndoStack
    today: Callable[[], date]
    drafts: Drafts | None = None

    def calendar(self, group: GroupId) -> Calendar:
        """Return a group's current calendar. Raise Trouble."""
        plan, today = self.dates.plan(group), self.today()
        ahead = tuple(line for line in plan if line.cancelled is None and line.day >= today)
        others = self.dates.on_days(ahead[0].day, ahead[-1].day, group) if ahead else ()
        days = self.dates.held_days(group)
        return Calendar(plan, self.dates.held(group), today, tuple(clashes(ahead, others)), days)

    def change(self, group: Group, words: str, act: Act, nothing: str = "") -> bool:
        """Change a calendar and report it with `words`, or with `nothing` if the calendar stays the same."""
        with self.messages.attempt():
            before = self.dates.plan(group.id)
            after = act(before, self.dates.held(group.id))
            if after == before:
                self.messages.inform(nothing or tr("Nothing to change."))
                return True
            self.dates.save_plan(group.id, after)
            self.undoing.push(words, lambda: self.dates.save_plan(group.id, before))
            return True
        return False
