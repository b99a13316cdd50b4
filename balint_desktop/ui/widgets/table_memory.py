"""Remember the column layout of each table."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_WIDEST = 4000


@dataclass(frozen=True, slots=True)
class Arranged:
    """A table's columns by their keys. `widths` in pixels; a column that is in no list is as it was at first."""

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] | None = None
    widths: dict[str, int] = field(default_factory=dict)
    sorted_by: str | None = None
    descending: bool = False


class TableMemory:
    """The arrangements of all tables as a small file; where it is missing or damaged, the tables as at first.

    Without a path they are remembered as long as the window lives. Not being able to write is no trouble worth a word.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._tables: dict[str, Arranged] | None = None

    def arranged(self, table: str) -> Arranged:
        """Return how a table was left."""
        return self._all().get(table, Arranged())

    def remember(self, table: str, arranged: Arranged) -> None:
        """Keep how a table is now."""
        tables = self._all()
        if tables.get(table) == arranged:
            return
        tables[table] = arranged
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._path.write_text(json.dumps({key: asdict(one) for key, one in tables.items()}), encoding="utf-8")

    def _all(self) -> dict[str, Arranged]:
        if self._tables is None:
            self._tables = self._read()
        return self._tables

    def _read(self) -> dict[str, Arranged]:
        if self._path is None:
            return {}
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): _arranged(one) for key, one in told.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _arranged(told: dict[str, Any]) -> Arranged:
    hidden = told["hidden"]
    return Arranged(
        order=tuple(str(key) for key in told["order"]),
        hidden=None if hidden is None else tuple(str(key) for key in hidden),
        widths={str(key): min(_WIDEST, max(1, int(wide))) for key, wide in told["widths"].items()},
        sorted_by=None if told["sorted_by"] is None else str(told["sorted_by"]),
        descending=bool(told["descending"]),
    )
