"""Attendance as a grid: a row per person, a column per session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.methods import SayDay
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value, local_day

_CODE = TableColumn("code", "the participant's code")
PRESENT, ABSENT, NOT_A_MEMBER = "✓", "–", ""


@dataclass(frozen=True, slots=True)
class GridSession:
    """One column of the grid: the session's number and its day, None where its clock never started."""

    number: int
    day: date | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person: study number, or code beside a name where asked for, and a mark per session."""

    label: str
    name: str
    marks: tuple[str, ...]

    @property
    def attended(self) -> int:
        """Return the number of sessions attended."""
        return self.marks.count(PRESENT)

    @property
    def possible(self) -> int:
        """Return the number of sessions held while the person was a member."""
        return len(self.marks) - self.marks.count(NOT_A_MEMBER)


@dataclass(frozen=True, slots=True)
class AttendanceGrid:
    """Attendance of a group. `column` says what stands for a person."""

    sessions: tuple[GridSession, ...]
    rows: tuple[GridRow, ...]
    column: TableColumn


def attendance_grid(
    account: GroupAccount, labels: OutsideLabels, names: Mapping[ParticipantCode, str] | None = None
) -> AttendanceGrid:
    """Return the grid, by study number. With `names`, given only where asked for, by code: no number beside a name."""
    people: list[tuple[str, ParticipantCode]] = [(code, code) for code in account.members]
    if not names:
        people = labels.ordered(account.group.id, account.members)
    sessions = tuple(GridSession(one.setting.number, local_day(one.began_wall)) for one in account.records)
    rows = []
    for label, code in people:
        possible = {record.id for record in account.could_attend(code)}
        marks = tuple(
            NOT_A_MEMBER if record.id not in possible else PRESENT if code in record.present else ABSENT
            for record in account.records
        )
        rows.append(GridRow(label, (names or {}).get(code, ""), marks))
    return AttendanceGrid(sessions, tuple(rows), _CODE if names else labels.column)


def grid_table(grid: AttendanceGrid, say_day: SayDay) -> ExportTable:
    """Return the grid as a sheet."""
    with_names = any(row.name for row in grid.rows)
    columns = [grid.column]
    if with_names:
        columns.append(TableColumn("name", "the name in the group's roster"))
    meaning = f"{PRESENT} in the room at any time of the session, {ABSENT} not; empty where not a member that day"
    columns += [TableColumn(_session_heading(one, say_day), meaning, ColumnKind.MARK) for one in grid.sessions]
    columns += [
        TableColumn("attended", "how many sessions the person attended", ColumnKind.COUNT),
        TableColumn("of", "how many sessions were held while the person was a member", ColumnKind.COUNT),
    ]
    rows: list[Sequence[Value]] = [
        (row.label, *([row.name] if with_names else []), *row.marks, row.attended, row.possible) for row in grid.rows
    ]
    return ExportTable("attendance", tuple(columns), rows)


def grid_headings(grid: AttendanceGrid, say_day: SayDay) -> tuple[str, ...]:
    """Return the heading of each session: its number, and its day on a line of its own."""
    return tuple(_session_heading(one, say_day) for one in grid.sessions)


def _session_heading(one: GridSession, say_day: SayDay) -> str:
    return f"{one.number}\n{say_day(one.day)}" if one.day is not None else f"{one.number}\n{tr('no date')}"
