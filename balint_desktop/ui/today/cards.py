"""The next session of each group, today's first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from balint_desktop.domain.group.dates import next_planned
from balint_desktop.domain.group.group import Weekday
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.dates import day_words, time_words
from balint_desktop.vault.log.dates import GroupProgress

_FAR = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class NextSession:
    """A group and its next session. `day` is None if none is planned; `number` exceeds `of` if all are done."""

    group: GroupId
    name: str
    number: int
    planned_count: int
    today: date
    day: date | None = None
    time: str = ""
    kind: SessionKind = SessionKind.CASE
    weekday: Weekday | None = None

    @property
    def all_done(self) -> bool:
        """Whether every planned session has been held."""
        return self.day is None and self.number > self.planned_count

    @property
    def is_today(self) -> bool:
        """Whether it is today, by the calendar or by the group's usual day."""
        return self.next_day == self.today

    @property
    def next_day(self) -> date | None:
        """The planned day, or the next usual day if none is planned."""
        if self.day is not None or self.weekday is None or self.all_done:
            return self.day
        return self.today + timedelta((list(Weekday).index(self.weekday) - self.today.weekday()) % 7)


def next_sessions(standings: Iterable[GroupProgress], today: date) -> list[NextSession]:
    """Return each group's next session: today's first, then overdue ones, then future ones by date.

    Finished groups are last. On the same day, a session without a time follows those with one.
    """

    def place(line: NextSession) -> tuple[bool, date, bool, str, str]:
        near = line.next_day or today + _FAR
        return line.all_done, max(near, today), near < today, line.time or "~", line.name

    return sorted((_next(standing, today) for standing in standings), key=place)


def _next(standing: GroupProgress, today: date) -> NextSession:
    line = next_planned(standing.without_record, frozenset({standing.highest}), today)
    weekday = Weekday(standing.weekday) if standing.weekday is not None else None
    if line is None or line.number is None:
        # All planned sessions have been held; without a calendar the numbers continue.
        number = max(standing.highest + 1, standing.sessions + 1 if standing.is_planned else 0)
        return NextSession(standing.group, standing.name, number, standing.sessions, today, weekday=weekday)
    return NextSession(
        *(standing.group, standing.name, line.number, standing.sessions, today, line.day, line.time, line.kind, weekday)
    )


def when(line: NextSession) -> str:
    """Return the session's number and time in a few words."""
    if line.all_done:
        return tr("All {count} sessions have been held.").format(count=line.planned_count)
    which = tr("Session {number} of {count}").format(number=line.number, count=line.planned_count)
    if line.kind is SessionKind.EVALUATION:
        which = tr("{which}, the evaluation").format(which=which)
    if line.day is not None:
        day = relative_day(line.day, line.today)
        at = tr("{day} at {time}").format(day=day, time=time_words(line.time)) if line.time else day
        if line.day < line.today:
            return tr("{which}, planned for {day}, has no record yet").format(which=which, day=at)
        return tr("{which}, {day}").format(which=which, day=at)
    if line.weekday is None:
        return which
    if line.is_today:
        return tr("{which}, today").format(which=which)
    return tr("{which}, usually on {day}").format(which=which, day=full_day(line.weekday))


def relative_day(day: date, today: date) -> str:
    """Return a relative day: today, tomorrow, yesterday, or the full date in the user's locale."""
    near = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}
    return near.get((day - today).days) or day_words(day)


def full_day(day: Weekday) -> str:
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
