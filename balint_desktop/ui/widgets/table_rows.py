"""Columns and rows of a table, sorted and filtered in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from balint_desktop.domain.folding import plain

Value = str | float | None


class Room(Enum):
    """What becomes of a column where not all fit, so that the others need no scrolling: at large text, say."""

    KEEPS = "keeps"
    SHRINKS = "shrinks"
    """Down to its heading, with its text elided."""
    LEAVES = "leaves"
    """Not shown until there is room, unless shrinking is enough; it can still be copied."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: its key in the preferences, its heading, and whether it is shown by default. Numbers align right.

    One that is not `copied` stays on the screen: codes of people, which leave as study numbers alone.
    """

    key: str
    heading: str
    shown: bool = True
    is_number: bool = False
    copied: bool = True
    room: Room = Room.KEEPS


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and the value it is sorted by. None sorts last in both directions."""

    words: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, with its caller's key."""

    key: str
    cells: tuple[Cell, ...]


class RowSource(Protocol):
    """A table's source of rows: only visible rows are read, so a long list stays cheap.

    Each method raises Trouble if the rows cannot be read.
    """

    def count(self) -> int:
        """Return the number of filtered rows."""
        ...

    def window(self, first: int, many: int) -> Sequence[TableRow]:
        """Return rows from an index on, sorted and filtered."""
        ...

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort by a column (empty: original order) and filter to rows that hold all the words."""
        ...

    def index_of(self, key: str) -> int | None:
        """Return a row's current index, None if it is filtered out."""
        ...


class MemoryRows:
    """Rows in memory, for lists of some hundreds."""

    def __init__(self, columns: Sequence[ColumnSpec], rows: Sequence[TableRow] = ()) -> None:
        self._columns = [column.key for column in columns]
        self._rows = tuple(rows)
        self._shown: list[TableRow] = list(rows)

    def count(self) -> int:
        """Return the number of filtered rows."""
        return len(self._shown)

    def window(self, first: int, many: int) -> Sequence[TableRow]:
        """Return rows from an index on."""
        return self._shown[first : first + many]

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort by value (stable) and filter to rows that hold all the words."""
        wanted = plain(words).split()
        found = [row for row in self._rows if all(word in _text(row) for word in wanted)]
        if column in self._columns:
            at = self._columns.index(column)
            some = [row for row in found if _value(row.cells[at]) is not None]
            none = [row for row in found if _value(row.cells[at]) is None]
            some.sort(key=lambda row: _key(_value(row.cells[at])), reverse=descending)
            found = some + none
        self._shown = found

    def index_of(self, key: str) -> int | None:
        """Return a row's current index."""
        return next((place for place, row in enumerate(self._shown) if row.key == key), None)


def row(key: str, cells: Sequence[Cell | str]) -> TableRow:
    """Return a row; plain text is sorted by itself."""
    return TableRow(key, tuple(cell if isinstance(cell, Cell) else Cell(cell, cell or None) for cell in cells))


def _text(of: TableRow) -> str:
    return plain(" ".join(cell.words for cell in of.cells))


def _value(cell: Cell) -> Value:
    return cell.value


def _key(value: Value) -> tuple[int, float, tuple[tuple[int, int, str], ...]]:
    """Return a sort key: numbers as numbers, text without case, and P2 before P10."""
    if isinstance(value, str):
        return 1, 0.0, _pieces(plain(value))
    return 0, value if value is not None else 0.0, ()


def _pieces(words: str) -> tuple[tuple[int, int, str], ...]:
    pieces: list[tuple[int, int, str]] = []
    digits = letters = ""
    for sign in f"{words}\0":
        if sign.isascii() and sign.isdigit():
            digits += sign
            if letters:
                pieces.append((1, 0, letters))
                letters = ""
        else:
            letters += sign
            if digits:
                pieces.append((0, int(digits), ""))
                digits = ""
    return (*pieces, (1, 0, letters.rstrip("\0")))
