"""Export tables: columns with descriptions, rows, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeAlias

from balint_desktop.reports.cells import plain_text, safe_cell

# Spreadsheets detect UTF-8 only by a byte order mark.
_BOM = "\ufeff"

Value: TypeAlias = "str | int | float | bool | date | datetime | None"
"""Value of a cell: None where unknown."""


class ColumnKind(StrEnum):
    """Value type of a column. A moment is this computer's local time, to the second."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    COUNT = "count"
    MINUTES = "minutes"
    YES_NO = "yes or no"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its heading, and a description for readers without other context.

    `printed` is False for a column that only programs read, such as an id: a sheet on paper leaves it out. Such
    columns come last.
    """

    name: str
    meaning: str
    kind: ColumnKind = ColumnKind.TEXT
    printed: bool = True


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table: its sheet name, columns and rows."""

    name: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Value]]


def meanings(tables: Iterable[ExportTable]) -> ExportTable:
    """Return a table that describes each column of those tables."""
    columns = (
        TableColumn("sheet", "the table the column is in"),
        TableColumn("column", "its name in the first row"),
        TableColumn("holds", "what kind of value it holds"),
        TableColumn("meaning", "what it says"),
    )
    rows = [
        (table.name, column.name, column.kind.value, column.meaning) for table in tables for column in table.columns
    ]
    return ExportTable("what each column means", columns, rows)


def to_csv(table: ExportTable) -> bytes:
    """Return a table as CSV in UTF-8 (RFC 4180): days as 2026-03-04, minutes to a hundredth, no formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    kinds = [column.kind for column in table.columns]
    writer.writerows([_written(*cell) for cell in zip(kinds, row, strict=True)] for row in table.rows)
    return (_BOM + out.getvalue()).encode("utf-8")


def local_moment(wall: float | None) -> datetime | None:
    """Return a moment, in seconds since 1970, as local time to the second, without its zone."""
    if wall is None:
        return None
    return datetime.fromtimestamp(int(wall), UTC).astimezone().replace(tzinfo=None)


def local_day(wall: float | None) -> date | None:
    """Return a moment, in seconds since 1970, as a local day."""
    moment = local_moment(wall)
    return None if moment is None else moment.date()


def minutes(seconds: float | None) -> float | None:
    """Return seconds as minutes, to a hundredth."""
    return None if seconds is None else round(seconds / 60, 2)


def _written(kind: ColumnKind, value: Value) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if kind is ColumnKind.MINUTES:
        return f"{value:.2f}"
    return safe_cell(plain_text(value)) if isinstance(value, str) else value
