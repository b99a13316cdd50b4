"""Dates in the log: calendars, held sessions, archived groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from balint_desktop.domain.group.dates import (
    Held,
    Instead,
    Plan,
    PlannedSession,
    next_planned,
    session_count,
)
from balint_desktop.domain.values import GroupId, SessionId, SessionKind
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database

# A session planned longer ago than this and without a record is ignored: its group ended long ago.
_LOOKED_BACK = timedelta(days=366)
_COLUMNS = "number, day, time, kind, cancelled"


@dataclass(frozen=True, slots=True)
class GroupSpan:
    """A group in a list: its name, whether it is archived, and the first and last day it meets, as planned."""

    id: GroupId
    name: str
    archived: bool
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """A group's progress: the highest number held, and sessions planned in the past year that have no record yet."""

    group: GroupId
    name: str
    sessions: int
    weekday: str | None
    highest: int
    is_planned: bool
    without_record: Plan


@dataclass(frozen=True, slots=True)
class NotClosed:
    """A session whose debrief is unwritten; it began at that wall time."""

    session: SessionId
    group: GroupId | None
    number: int
    began_wall: float


class DateRows:
    """The table of planned sessions, and which groups are archived."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit
        self._standings: tuple[tuple[date, int], tuple[GroupProgress, ...]] | None = None

    def plan(self, group: GroupId) -> Plan:
        """Return a group's calendar, empty if there is none."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM planned_sessions WHERE group_id = ? ORDER BY place", (group,)
        )
        return tuple(_line(row) for row in rows)

    def save_plan(self, group: GroupId, plan: Plan) -> None:
        """Save a group's calendar, and the number of sessions in the group's row. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM planned_sessions WHERE group_id = ?", (group,))
            for place, line in enumerate(plan):
                cancelled = line.cancelled.value if line.cancelled is not None else None
                self._database.run(
                    "INSERT INTO planned_sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (group, place, line.number, line.day.isoformat(), line.time, line.kind.value, cancelled),
                )
            if plan:
                self._database.run("UPDATE groups SET sessions = ? WHERE id = ?", (max(1, session_count(plan)), group))
            self._audit.add(AuditAct.DATES_CHANGED, {"group": group, "sessions": session_count(plan)})

    def held(self, group: GroupId) -> Held:
        """Return the numbers of the sessions a group has held."""
        # A session counts as held once it began, which is when it gets its summary. A prepared one has none.
        rows = self._database.run("SELECT number FROM summaries WHERE group_id = ?", (group,))
        return frozenset(row[0] for row in rows)

    def held_days(self, group: GroupId) -> dict[int, date]:
        """Return the day on which each session that a group has held began, by number."""
        rows = self._database.run("SELECT number, MIN(day) FROM summaries WHERE group_id = ? GROUP BY number", (group,))
        return {int(number): date.fromisoformat(day) for number, day in rows}

    def held_during(self, group: GroupId, began_wall: float, lasted_s: float) -> int | None:
        """Return the number of a group's session that overlaps a time, None where there is none. By the summaries."""
        rows = self._database.run(
            "SELECT number FROM summaries WHERE group_id = ? AND began_wall < ?"
            " AND began_wall + COALESCE(ended_s, 0) > ? ORDER BY began_wall LIMIT 1",
            (group, began_wall + lasted_s, began_wall),
        )
        return int(rows[0][0]) if rows else None

    def next_session(self, group: GroupId, today: date) -> tuple[int, PlannedSession | None]:
        """Return the number of a group's next session, and its calendar line if it is planned."""
        held = self.held(group)
        line = next_planned(self.plan(group), held, today)
        if line is not None and line.number is not None:
            return line.number, line
        return max(held, default=0) + 1, None

    def not_closed(self) -> tuple[NotClosed, ...]:
        """Return the sessions that began and whose debrief is unwritten, except the latest, which can be resumed."""
        rows = self._database.run(
            "SELECT m.session_id, m.group_id, m.number, m.began_wall FROM sessions AS s"
            " JOIN summaries AS m ON m.session_id = s.id WHERE s.closed = 0 ORDER BY m.id DESC"
        )
        latest = self._database.run(
            "SELECT m.session_id FROM summaries AS m JOIN sessions AS s ON s.id = m.session_id"
            " WHERE m.entered = 0 AND s.imported_wall IS NULL ORDER BY m.id DESC LIMIT 1"
        )
        return tuple(
            NotClosed(SessionId(session), GroupId(group) if group is not None else None, number, wall)
            for session, group, number, wall in rows
            if (session,) not in latest
        )

    def on_days(self, first: date, last: date, but: GroupId) -> tuple[tuple[str, PlannedSession], ...]:
        """Return what other groups plan from the first to the last day, with their names, except archived ones."""
        rows = self._database.run(
            f"SELECT g.name, {_COLUMNS} FROM planned_sessions AS p JOIN groups AS g ON g.id = p.group_id"
            " WHERE p.day BETWEEN ? AND ? AND p.group_id <> ? AND g.archived = 0 AND p.cancelled IS NULL",
            (first.isoformat(), last.isoformat(), but),
        )
        return tuple((name, _line(row)) for name, *row in rows)

    # --- all groups at once ---

    def spans(self) -> tuple[GroupSpan, ...]:
        """Return every group with the days it meets, in the order of creation."""
        rows = self._database.run(
            "SELECT g.id, g.name, g.archived, min(p.day), max(p.day) FROM groups AS g"
            " LEFT JOIN planned_sessions AS p ON p.group_id = g.id AND p.cancelled IS NULL"
            " GROUP BY g.id ORDER BY g.rowid"
        )
        return tuple(
            GroupSpan(GroupId(group), name, bool(archived), _day(first), _day(last))
            for group, name, archived, first, last in rows
        )

    def standings(self, today: date) -> tuple[GroupProgress, ...]:
        """Return the progress of every group that is led here and not archived. Two queries, whatever the log's size.

        Cached until a row changes: Today and the open matters both use it.
        """
        asked = (today, self._database.changes)
        if self._standings is None or self._standings[0] != asked:
            self._standings = asked, self._read_standings(today)
        return self._standings[1]

    def _read_standings(self, today: date) -> tuple[GroupProgress, ...]:
        groups = self._database.run(
            "SELECT g.id, g.name, g.sessions, g.weekday,"
            " (SELECT max(s.number) FROM summaries AS s WHERE s.group_id = g.id),"
            " EXISTS (SELECT 1 FROM planned_sessions AS p WHERE p.group_id = g.id)"
            " FROM groups AS g WHERE g.archived = 0 AND g.imported_wall IS NULL ORDER BY g.rowid"
        )
        planned: dict[str, list[PlannedSession]] = {}
        for group, *row in self._database.run(
            f"SELECT p.group_id, {', '.join('p.' + name for name in _COLUMNS.split(', '))} FROM planned_sessions AS p"
            " JOIN groups AS g ON g.id = p.group_id WHERE g.archived = 0 AND p.cancelled IS NULL AND p.day >= ?"
            " AND NOT EXISTS (SELECT 1 FROM summaries AS s WHERE s.group_id = p.group_id AND s.number = p.number)"
            " ORDER BY p.group_id, p.place",
            ((today - _LOOKED_BACK).isoformat(),),
        ):
            planned.setdefault(group, []).append(_line(row))
        return tuple(
            GroupProgress(
                GroupId(group), name, sessions, weekday, highest or 0, bool(is_planned), tuple(planned.get(group, ()))
            )
            for group, name, sessions, weekday, highest, is_planned in groups
        )

    # --- archive ---

    def archive(self, group: GroupId) -> None:
        """Archive a group: its data is unchanged, and it is listed on demand only. Raise Trouble."""
        self._set_archived(group, AuditAct.GROUP_PUT_AWAY, archived=True)

    def unarchive(self, group: GroupId) -> None:
        """Unarchive a group. Raise Trouble."""
        self._set_archived(group, AuditAct.GROUP_BROUGHT_BACK, archived=False)

    def _set_archived(self, group: GroupId, act: AuditAct, *, archived: bool) -> None:
        with self._database.together():
            self._database.run("UPDATE groups SET archived = ? WHERE id = ?", (archived, group))
            self._audit.add(act, {"group": group})


def _line(row: Sequence[Any]) -> PlannedSession:
    number, day, time, kind, cancelled = row
    return PlannedSession(
        number=number,
        day=date.fromisoformat(day),
        time=time,
        kind=SessionKind(kind),
        cancelled=Instead(cancelled) if cancelled is not None else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
