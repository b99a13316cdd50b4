"""Columns and rows of a table, sorted and filtered in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.snippets import plain

Value = str | float | None


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: its key in the preferences, its heading, and whether it is shown at first. Numbers stand right."""

    key: str
    heading: str
    shown: bool = True
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the words that are read, and the value it is sorted by. None comes last, whichever way round."""

    words: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, and the key by which whoever made it knows it again."""

    key: str
    cells: tuple[Cell, ...]


class RowSource(Protocol):
    """Where a table has its rows from: it asks for the few that are in view, so a long list costs what it shows.

    Each method raises Trouble where the rows cannot be read.
    """

    def count(self) -> int:
        """Return how many rows there are, as filtered."""
        ...

    def window(self, first: int, many: int) -> Sequence[TableRow]:
        """Return rows from that place on, as sorted and filtered."""
        ...

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort by a column (empty: as they came) and keep rows that hold all the words."""
        ...

    def place_of(self, key: str) -> int | None:
        """Return where a row stands now, None where it is filtered out."""
        ...


class KeptRows:
    """Rows in memory: what every list of some hundreds needs."""

    def __init__(self, columns: Sequence[ColumnSpec], rows: Sequence[TableRow] = ()) -> None:
        self._columns = [column.key for column in columns]
        self._rows = tuple(rows)
        self._shown: list[TableRow] = list(rows)

    def count(self) -> int:
        """Return how many rows there are, as filtered."""
        return len(self._shown)

    def window(self, first: int, many: int) -> Sequence[TableRow]:
        """Return rows from that place on."""
        return self._shown[first : first + many]

    def arrange(self, column: str, *, descending: bool, words: str) -> None:
        """Sort by value and keep rows that hold all the words; equals stay as they came."""
        wanted = plain(words).split()
        found = [row for row in self._rows if all(word in _text(row) for word in wanted)]
        if column in self._columns:
            at = self._columns.index(column)
            some = [row for row in found if _value(row.cells[at]) is not None]
            none = [row for row in found if _value(row.cells[at]) is None]
            some.sort(key=lambda row: _key(_value(row.cells[at])), reverse=descending)
            found = some + none
        self._shown = found

    def place_of(self, key: str) -> int | None:
        """Return where a row stands now."""
        return next((place for place, row in enumerate(self._shown) if row.key == key), None)


def row(key: str, cells: Sequence[Cell | str]) -> TableRow:
    """Return a row; bare words are sorted by what they say."""
    return TableRow(key, tuple(cell if isinstance(cell, Cell) else Cell(cell, cell or None) for cell in cells))


def _text(of: TableRow) -> str:
    return plain(" ".join(cell.words for cell in of.cells))


def _value(cell: Cell) -> Value:
    return cell.value


def _key(value: Value) -> tuple[int, float, tuple[tuple[int, int, str], ...]]:
    """Return what a value is sorted by: numbers as numbers, words without case, and P2 before P10."""
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
