"""Change a group's calendar: move, skip, cancel, add days off. Pure; held sessions never move."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from balint_desktop.domain.group.dates import (
    MAX_SESSIONS,
    Held,
    Instead,
    Plan,
    PlannedSession,
    every_days,
    not_cancelled,
    session_count,
    upcoming_sessions,
    without_record,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind

Act = Callable[[Plan, Held], Plan]
"""A change to a calendar, given the numbers that were held."""


def moved(plan: Plan, held: Held, number: int, day: date, time: str | None = None) -> Plan:
    """Return the calendar with one session on another day, or at another time.

    Raise Trouble: SESSION_HELD, SESSION_ORDER where that would move it past a session that was held.
    """
    line = _movable(plan, held, number)
    return _reordered(plan, held, {line: replace(line, day=day, time=line.time if time is None else time)})


def moved_with_following(plan: Plan, held: Held, number: int, day: date, time: str | None = None) -> Plan:
    """Return the calendar with a session and all later ones moved by as many days. Raise Trouble as `moved` does."""
    line = _movable(plan, held, number)
    by = day - line.day
    changes = {
        one: replace(one, day=one.day + by, time=one.time if time is None else time) for one in _from(plan, held, line)
    }
    return _reordered(plan, held, changes)


def skipped(plan: Plan, held: Held, number: int) -> Plan:
    """Return the calendar without that date: each session takes the next one's date, the last gets a new one.

    Raise Trouble SESSION_HELD.
    """
    _movable(plan, held, number)
    return _numbered([line for line in _longer(plan, held) if line.number != number], held, _first(plan))


def cancelled(plan: Plan, held: Held, number: int, instead: Instead) -> Plan:
    """Return the calendar with a session cancelled; its day stays visible. Raise Trouble SESSION_HELD."""
    cancelled_line = replace(_movable(plan, held, number), number=None, cancelled=instead)
    lines = _longer(plan, held) if instead is Instead.LATER else plan
    return _numbered([cancelled_line if line.number == number else line for line in lines], held, _first(plan))


def with_days_off(plan: Plan, held: Held, first: date, last: date) -> Plan:
    """Return the calendar with a range of days off: sessions in the range and all later ones move to later dates.

    They move by whole steps of the group's interval. Raise Trouble DAYS_REVERSED, and as `moved` does.
    """
    if last < first:
        raise Trouble(TroubleCode.DAYS_REVERSED)
    number = first_on_days_off(plan, held, first, last)
    if number is None:
        return plan
    line, step = _movable(plan, held, number), every_days(plan)
    steps = (last - line.day).days // step + 1
    return moved_with_following(plan, held, number, line.day + timedelta(steps * step))


def count_following(plan: Plan, held: Held, number: int) -> int:
    """Return the number of sessions moved with one and all later ones, for a preview of the change."""
    return sum(1 for line in without_record(plan, held) if (line.number or 0) >= number)


def first_on_days_off(plan: Plan, held: Held, first: date, last: date) -> int | None:
    """Return the number of the first session that falls on a day off, or None."""
    return next((line.number for line in upcoming_sessions(plan, held) if first <= line.day <= last), None)


def with_one_more(plan: Plan, held: Held) -> Plan:
    """Return the calendar with one session added; a final evaluation stays last, one step later.

    Raise Trouble TOO_MANY_SESSIONS.
    """
    if len(not_cancelled(plan)) >= MAX_SESSIONS:
        raise Trouble(TroubleCode.TOO_MANY_SESSIONS, most=MAX_SESSIONS)
    return _longer(plan, held)


def with_kind(plan: Plan, held: Held, number: int, kind: SessionKind) -> Plan:
    """Return the calendar with a session's kind changed. Raise Trouble SESSION_HELD."""
    line = _movable(plan, held, number)
    return tuple(replace(one, kind=kind) if one == line else one for one in plan)


# --- numbering ---


def _movable(plan: Plan, held: Held, number: int) -> PlannedSession:
    if number in held:
        raise Trouble(TroubleCode.SESSION_HELD, number=number)
    return next(line for line in plan if line.number == number)


def _from(plan: Plan, held: Held, line: PlannedSession) -> list[PlannedSession]:
    """Return that session and the later ones that can still be moved."""
    return [one for one in without_record(plan, held) if (one.number or 0) >= (line.number or 0)]


def _longer(plan: Plan, held: Held) -> Plan:
    """Return the calendar with one session added, one step after the last."""
    lines = not_cancelled(plan)
    if not lines:
        return plan
    last = lines[-1]
    later = replace(last, number=session_count(plan) + 1, day=last.day + timedelta(every_days(plan)))
    if last.number in held:
        return _sorted((*plan, replace(later, kind=SessionKind.CASE)))
    ordinary = replace(last, kind=SessionKind.CASE)
    return _sorted((*(ordinary if one == last else one for one in plan), later))


def _first(plan: Plan) -> int:
    return min((line.number for line in plan if line.number is not None), default=1)


def _reordered(plan: Plan, held: Held, changes: dict[PlannedSession, PlannedSession]) -> Plan:
    """Return the calendar with those changes, sorted by day and renumbered. Raise Trouble SESSION_ORDER."""
    after = _sorted(changes.get(line, line) for line in plan)
    _refuse_crossing(after, held)
    return _numbered(after, held, _first(plan))


def _refuse_crossing(plan: Plan, held: Held) -> None:
    numbers = [line.number for line in plan if line.number is not None]
    for place, number in enumerate(numbers):
        if number in held and (any(n > number for n in numbers[:place]) or any(n < number for n in numbers[place:])):
            raise Trouble(TroubleCode.SESSION_ORDER, number=number)


def _numbered(plan: Iterable[PlannedSession], held: Held, first: int) -> Plan:
    """Return the calendar renumbered in order, starting at the first; a held session keeps its number."""
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
