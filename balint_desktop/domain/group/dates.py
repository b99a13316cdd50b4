"""A group's calendar: planned sessions, the next one, and those without a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from balint_desktop.domain.values import SessionKind

A_WEEK = 7
# A year of weekly sessions and a little more: beyond that a typing error is likelier than a plan.
MAX_SESSIONS = 60


class Instead(StrEnum):
    """Replacement for a cancelled session."""

    NOTHING = "nothing"  # the group meets once fewer
    LATER = "later"  # it is held on the next date, and all later ones move


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One planned session. `time` is HH:MM, empty where none is set.

    A cancelled session keeps its day, so that it stays visible, and has no number: only sessions that take place count.
    """

    number: int | None
    day: date
    time: str = ""
    kind: SessionKind = SessionKind.CASE
    cancelled: Instead | None = None


Plan = tuple[PlannedSession, ...]
Held = frozenset[int]
"""The numbers of a group's sessions that were held, planned or not."""


def day_of(wall: float) -> date:
    """Return the local day of a wall time, in seconds since 1970."""
    return datetime.fromtimestamp(wall, UTC).astimezone().date()


def wall_of(day: date, time: str) -> float:
    """Return the wall time of a local day at HH:MM, in seconds since 1970."""
    return datetime.fromisoformat(f"{day.isoformat()}T{time}").astimezone().timestamp()


def new_plan(
    first: date, count: int, time: str = "", *, every: int = A_WEEK, after: int = 0, last_evaluates: bool
) -> Plan:
    """Build a calendar of `count` sessions at a fixed interval in days; `after` is the highest number held before.

    The last session is proposed as the evaluation, as in Ng, Seu & Cullum 2022: the sixth of six.
    """
    lines = [PlannedSession(after + n + 1, first + timedelta(n * every), time) for n in range(count)]
    if last_evaluates and count > 1:
        lines[-1] = replace(lines[-1], kind=SessionKind.EVALUATION)
    return tuple(lines)


def every_days(plan: Plan) -> int:
    """Return the interval between sessions in days: the commonest step, a week if unknown."""
    days = sorted({line.day for line in plan if line.cancelled is None})
    steps = [(after - before).days for before, after in pairwise(days)]
    return max(steps, key=lambda step: (steps.count(step), -step)) if steps else A_WEEK


def not_cancelled(plan: Plan) -> tuple[PlannedSession, ...]:
    """Return the sessions that are not cancelled."""
    return tuple(line for line in plan if line.cancelled is None)


def session_count(plan: Plan) -> int:
    """Return the number of sessions: the highest session number."""
    return max((line.number or 0 for line in plan), default=0)


# --- next session ---


def next_planned(plan: Plan, held: Held, today: date) -> PlannedSession | None:
    """Return the next session: today's, else the earliest without a record, None at the end.

    A session whose day is over stays the next until a later one's day: a group that meets a day late keeps its number.
    """
    ahead = upcoming_sessions(plan, held)
    come = [line for line in ahead if line.day <= today]
    # The latest that is due: earlier ones are reported as missing a record.
    return come[-1] if come else next(iter(ahead), None)


def without_record(plan: Plan, held: Held) -> list[PlannedSession]:
    """Return the sessions that are not cancelled and have no record."""
    return [line for line in not_cancelled(plan) if line.number not in held]


def upcoming_sessions(plan: Plan, held: Held) -> list[PlannedSession]:
    """Return the sessions after the last that was held."""
    return [line for line in not_cancelled(plan) if (line.number or 0) > max(held, default=0)]


def is_evaluation(line: PlannedSession | None, number: int, sessions: int) -> bool:
    """Return whether a session is the evaluation: by the calendar, without one as the last."""
    return line.kind is SessionKind.EVALUATION if line is not None else number == sessions


# --- two groups ---


def overlap(one: PlannedSession, other: PlannedSession, minutes: int = 60) -> bool:
    """Return whether two sessions, with lengths in minutes, overlap; false where a time is not set."""
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
