"""What comes next: which session each group has before it, today's groups first. Pure, so that it can be tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balint_desktop.domain.people import Group, Weekday
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr


@dataclass(frozen=True, slots=True)
class NextSession:
    """A group and the number of its next session. `number` is beyond `group.sessions` where all are done."""

    group: Group
    number: int
    is_today: bool

    @property
    def all_done(self) -> bool:
        """Whether every session that was planned has been held."""
        return self.number > self.group.sessions


def next_sessions(groups: Iterable[Group], held: Mapping[GroupId, int], today: Weekday) -> list[NextSession]:
    """Return what comes next for each group: today's first, then by the days to come, finished groups last.

    `held` is the highest number a session of the group has had so far.
    """
    lines = [NextSession(g, held.get(g.id, 0) + 1, g.weekday is today) for g in groups]
    return sorted(lines, key=lambda line: (line.all_done, _days_until(line.group.weekday, today), line.group.name))


def when(line: NextSession) -> str:
    """Return which session it is and when, in a few words."""
    if line.all_done:
        return tr("All {count} sessions have been held.").format(count=line.group.sessions)
    which = tr("Session {number} of {count}").format(number=line.number, count=line.group.sessions)
    if line.is_today:
        return tr("{which}, today").format(which=which)
    if line.group.weekday is None:
        return which
    return tr("{which}, usually on {day}").format(which=which, day=day_name(line.group.weekday))


def day_name(day: Weekday) -> str:
    """Return the name of a day."""
    return {
        Weekday.MONDAY: tr("Monday"),
        Weekday.TUESDAY: tr("Tuesday"),
        Weekday.WEDNESDAY: tr("Wednesday"),
        Weekday.THURSDAY: tr("Thursday"),
        Weekday.FRIDAY: tr("Friday"),
        Weekday.SATURDAY: tr("Saturday"),
        Weekday.SUNDAY: tr("Sunday"),
    }[day]


def _days_until(day: Weekday | None, today: Weekday) -> int:
    days = list(Weekday)
    return len(days) if day is None else (days.index(day) - days.index(today)) % len(days)
