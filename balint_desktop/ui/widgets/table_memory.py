"""Remember the column layout of each table."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.disk import make_private_folder

_WIDEST = 4000


@dataclass(frozen=True, slots=True)
class Arranged:
    """A table's column layout, by column key. `widths` in pixels; an unlisted column has its default."""

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] | None = None
    widths: dict[str, int] = field(default_factory=dict)
    sorted_by: str | None = None
    descending: bool = False


class TableMemory:
    """Stores the layouts of all tables in a small file; defaults apply if it is missing or damaged.

    Without a path they last as long as the window. A failed write is not reported.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._tables: dict[str, Arranged] | None = None

    def arranged(self, table: str) -> Arranged:
        """Return a table's stored layout."""
        return self._all().get(table, Arranged())

    def remember(self, table: str, arranged: Arranged) -> None:
        """Store a table's layout."""
        tables = self._all()
        if tables.get(table) == arranged:
            return
        tables[table] = arranged
        if self._path is None:
            return
        with suppress(OSError, Trouble):
            if not self._path.parent.is_dir():
                make_private_folder(self._path.parent)
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
            layouts = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): _arranged(one) for key, one in layouts.items()}
        except (OSError, *FOREIGN_ERRORS):
            return {}


def _arranged(stored: dict[str, Any]) -> Arranged:
    hidden = stored["hidden"]
    return Arranged(
        order=tuple(str(key) for key in stored["order"]),
        hidden=None if hidden is None else tuple(str(key) for key in hidden),
        widths={str(key): min(_WIDEST, max(1, int(wide))) for key, wide in stored["widths"].items()},
        sorted_by=None if stored["sorted_by"] is None else str(stored["sorted_by"]),
        descending=bool(stored["descending"]),
    )
