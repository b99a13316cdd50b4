"""When a group meets: its calendar of planned sessions, and the acts that move them. Pure; nothing held is moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind

A_WEEK = 7
# A year of weekly sessions and a little more: past that a slip in a number is likelier than a plan.
MOST_SESSIONS = 60


class Instead(StrEnum):
    """What takes a cancelled session's place."""

    NOTHING = "nothing"  # the group meets once less
    LATER = "later"  # it is held on the next date, and all that follow move on


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One line of a calendar. `time` is HH:MM, empty where none is set.

    A cancelled line keeps its day, so that it can be seen, and has no number: numbers count what takes place.
    """

    number: int | None
    day: date
    time: str = ""
    kind: SessionKind = SessionKind.CASE
    cancelled: Instead | None = None


Plan = tuple[PlannedSession, ...]
Held = frozenset[int]
"""The numbers of a group's sessions that were held, planned or not."""


def parse_day(text: str) -> date:
    """Return a day that is written as 2026-03-04. Raise Trouble DAY_UNKNOWN, as for 2026-02-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Trouble(TroubleCode.DAY_UNKNOWN, day=text) from None


def not_over(day: date, today: date) -> date:
    """Return a day that something can be planned for. Raise Trouble DAY_OVER where it is in the past."""
    if day < today:
        raise Trouble(TroubleCode.DAY_OVER, day=day.isoformat())
    return day


def new_plan(
    first: date, count: int, time: str = "", *, every: int = A_WEEK, after: int = 0, last_evaluates: bool
) -> Plan:
    """Return a calendar of so many sessions, so many days apart; `after` is the highest number held before it.

    The last is proposed as the evaluation, as in Ng, Seu & Cullum 2022: the sixth of six.
    """
    lines = [PlannedSession(after + n + 1, first + timedelta(n * every), time) for n in range(count)]
    if last_evaluates and count > 1:
        lines[-1] = replace(lines[-1], kind=SessionKind.EVALUATION)
    return tuple(lines)


def every_days(plan: Plan) -> int:
    """Return how many days lie between sessions: the commonest step between what takes place, a week if unknown."""
    days = sorted({line.day for line in plan if line.cancelled is None})
    steps = [(after - before).days for before, after in pairwise(days)]
    return max(steps, key=lambda step: (steps.count(step), -step)) if steps else A_WEEK


def taking_place(plan: Plan) -> tuple[PlannedSession, ...]:
    """Return the lines that are not cancelled."""
    return tuple(line for line in plan if line.cancelled is None)


def count_of(plan: Plan) -> int:
    """Return of how many sessions one speaks: the highest number."""
    return max((line.number or 0 for line in plan), default=0)


# --- what is next, and what was missed ---


def next_planned(plan: Plan, held: Held, today: date) -> PlannedSession | None:
    """Return the session to get ready for: the one of today, else the earliest without a record, None at the end.

    One whose day is over stays the next until a later one's day comes: a group that met a day late finds its number.
    """
    ahead = _ahead(plan, held)
    come = [line for line in ahead if line.day <= today]
    # Of those whose day has come, the latest: what lies before it is told as missing a record.
    return come[-1] if come else next(iter(ahead), None)


def missed(plan: Plan, held: Held, today: date) -> tuple[PlannedSession, ...]:
    """Return the sessions whose day is over, and that have no record."""
    return tuple(line for line in _without_record(plan, held) if line.day < today)


def _without_record(plan: Plan, held: Held) -> list[PlannedSession]:
    return [line for line in taking_place(plan) if line.number not in held]


def _ahead(plan: Plan, held: Held) -> list[PlannedSession]:
    """Return what is still to come: after the last that was held."""
    return [line for line in taking_place(plan) if (line.number or 0) > max(held, default=0)]


# --- acts ---


def moved(plan: Plan, held: Held, number: int, day: date, time: str | None = None) -> Plan:
    """Return the calendar with one session on another day, or at another time.

    Raise Trouble: SESSION_HELD, SESSION_ORDER where it would come to lie on the other side of one that was held.
    """
    line = _movable(plan, held, number)
    return _settled(plan, held, {line: replace(line, day=day, time=line.time if time is None else time)})


def moved_with_following(plan: Plan, held: Held, number: int, day: date, time: str | None = None) -> Plan:
    """Return the calendar with a session and all that follow moved by as many days. Raise Trouble as `moved` does."""
    line = _movable(plan, held, number)
    by = day - line.day
    changes = {
        one: replace(one, day=one.day + by, time=one.time if time is None else time) for one in _from(plan, held, line)
    }
    return _settled(plan, held, changes)


def skipped(plan: Plan, held: Held, number: int) -> Plan:
    """Return the calendar without that date: the session takes the next one's, and so on to one more at the end.

    Raise Trouble SESSION_HELD.
    """
    _movable(plan, held, number)
    return _numbered([line for line in _longer(plan, held) if line.number != number], held, _first(plan))


def cancelled(plan: Plan, held: Held, number: int, instead: Instead) -> Plan:
    """Return the calendar with a session cancelled, its day still to be seen. Raise Trouble SESSION_HELD."""
    gone = replace(_movable(plan, held, number), number=None, cancelled=instead)
    lines = _longer(plan, held) if instead is Instead.LATER else plan
    return _numbered([gone if line.number == number else line for line in lines], held, _first(plan))


def with_days_off(plan: Plan, held: Held, first: date, last: date) -> Plan:
    """Return the calendar with nothing from the first to the last day: what falls there and all after it moves on.

    By whole steps of the group's own rhythm. Raise Trouble DAYS_REVERSED, and as `moved` does.
    """
    if last < first:
        raise Trouble(TroubleCode.DAYS_REVERSED)
    for line in _ahead(plan, held):
        if first <= line.day <= last:
            step = every_days(plan)
            steps = (last - line.day).days // step + 1
            return moved_with_following(plan, held, line.number or 0, line.day + timedelta(steps * step))
    return plan


def with_one_more(plan: Plan, held: Held) -> Plan:
    """Return the calendar with one session more; an evaluation at the end stays there, one step later.

    Raise Trouble TOO_MANY_SESSIONS.
    """
    if len(taking_place(plan)) >= MOST_SESSIONS:
        raise Trouble(TroubleCode.TOO_MANY_SESSIONS, most=MOST_SESSIONS)
    return _longer(plan, held)


def of_kind(plan: Plan, held: Held, number: int, kind: SessionKind) -> Plan:
    """Return the calendar with a session of another kind. Raise Trouble SESSION_HELD."""
    line = _movable(plan, held, number)
    return tuple(replace(one, kind=kind) if one == line else one for one in plan)


# --- two groups ---


def overlap(one: PlannedSession, other: PlannedSession, minutes: int = 60) -> bool:
    """Tell whether two sessions, each so many minutes long, are at the same time; never where a time is not set."""
    if one.day != other.day or not one.time or not other.time or one.cancelled or other.cancelled:
        return False
    return abs(_minute(one.time) - _minute(other.time)) < minutes


def clashes(plan: Plan, others: Iterable[tuple[str, PlannedSession]]) -> Iterator[tuple[PlannedSession, str]]:
    """Yield each session with the name of another group that meets at the same time."""
    by_day: dict[date, list[tuple[str, PlannedSession]]] = {}
    for name, line in others:
        by_day.setdefault(line.day, []).append((name, line))
    for line in plan:
        for name, other in by_day.get(line.day, ()):
            if overlap(line, other):
                yield line, name


def _minute(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


# --- how acts keep numbers in order ---


def _movable(plan: Plan, held: Held, number: int) -> PlannedSession:
    if number in held:
        raise Trouble(TroubleCode.SESSION_HELD, number=number)
    return next(line for line in plan if line.number == number)


def _from(plan: Plan, held: Held, line: PlannedSession) -> list[PlannedSession]:
    """Return that session and those after it that can still be moved."""
    return [one for one in _without_record(plan, held) if (one.number or 0) >= (line.number or 0)]


def _longer(plan: Plan, held: Held) -> Plan:
    """Return the calendar with one session more, one step after the last."""
    lines = taking_place(plan)
    if not lines:
        return plan
    last = lines[-1]
    later = replace(last, number=count_of(plan) + 1, day=last.day + timedelta(every_days(plan)))
    if last.number in held:
        return _sorted((*plan, replace(later, kind=SessionKind.CASE)))
    ordinary = replace(last, kind=SessionKind.CASE)
    return _sorted((*(ordinary if one == last else one for one in plan), later))


def _first(plan: Plan) -> int:
    return min((line.number for line in plan if line.number is not None), default=1)


def _settled(plan: Plan, held: Held, changes: dict[PlannedSession, PlannedSession]) -> Plan:
    """Return the calendar with those changes, in order of days and numbered anew. Raise Trouble SESSION_ORDER."""
    after = _sorted(changes.get(line, line) for line in plan)
    _refuse_crossing(after, held)
    return _numbered(after, held, _first(plan))


def _refuse_crossing(plan: Plan, held: Held) -> None:
    numbers = [line.number for line in plan if line.number is not None]
    for place, number in enumerate(numbers):
        if number in held and (any(n > number for n in numbers[:place]) or any(n < number for n in numbers[place:])):
            raise Trouble(TroubleCode.SESSION_ORDER, number=number)


def _numbered(plan: Iterable[PlannedSession], held: Held, first: int) -> Plan:
    """Number what takes place in its order, from the first on; a session that was held keeps its number."""
    lines: list[PlannedSession] = []
    for line in _sorted(plan):
        if line.cancelled is not None:
            lines.append(line)
            continue
        number = line.number if line.number in held else first
        lines.append(replace(line, number=number))
        first = (number or 0) + 1
    return tuple(lines)


def _sorted(plan: Iterable[PlannedSession]) -> Plan:
    return tuple(sorted(plan, key=lambda line: (line.day, line.time, line.number or 0)))
