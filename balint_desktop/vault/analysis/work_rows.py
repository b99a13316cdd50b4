"""Codes and codings by author and round: read whole, and written by what has changed since they were read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import is_
from typing import Generic, Protocol, TypeVar

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.vault.log.database import Database, Row

_CODE = "guid, place, name, colour, definition, applies, applies_not, example, parent, is_retired, letter"
_CODING = "guid, place, text, begin_at, end_at, code, wall, memo"

WorkKey = tuple[int, str]
"""A round, and an author."""


class _HasGuid(Protocol):
    @property
    def guid(self) -> str: ...


One = TypeVar("One", bound=_HasGuid)


class _Stored:
    """What is stored of one author in one round, and where each row stands in its order."""

    def __init__(self, work: CoderWork, codes: dict[str, float], codings: dict[str, float]) -> None:
        self.work = work
        self.codes = codes
        self.codings = codings


@dataclass(frozen=True, slots=True)
class _Table(Generic[One]):
    """A table, and how a value of it is written at a place."""

    name: str
    values: Callable[[One, float], Row]

    def is_same(self, one: One | None, other: One) -> bool:
        """Return whether the rows of two values are the same: of a code, its letter is part of it."""
        return one is other or (one is not None and self.values(one, 0.0) == self.values(other, 0.0))


class WorkRows:
    """The tables of codes and codings. What was read is remembered, so that a save compares and writes little."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stored: dict[WorkKey, _Stored] = {}

    def stored_keys(self) -> tuple[WorkKey, ...]:
        """Return for which rounds and authors anything is stored."""
        rows = self._database.run(
            "SELECT round, author FROM codes UNION SELECT round, author FROM codings ORDER BY 1, 2"
        )
        return tuple((int(number), str(author)) for number, author in rows)

    def has(self, key: WorkKey) -> bool:
        """Return whether anything is stored."""
        stored = self._read(key)
        return bool(stored.codes or stored.codings)

    def work(self, key: WorkKey) -> CoderWork:
        """Return codes and codings, in their order."""
        return self._read(key).work

    def forget(self) -> None:
        """Read everything anew: a transaction was rolled back, or another wrote."""
        self._stored.clear()

    def write(self, key: WorkKey, work: CoderWork) -> int:
        """Write what differs from what is stored, in one transaction. Return how many rows that is. Raise Trouble."""
        stored = self._read(key)
        if work is stored.work:
            return 0
        with self._database.together():
            codes, changed = self._write_rows(key, _CODES, stored.work.book.codes, work.book.codes, stored.codes)
            codings, more = self._write_rows(
                *(key, _CODINGS, stored.work.codings.all, work.codings.all), stored.codings
            )
        self._stored[key] = _Stored(work, codes, codings)
        return changed + more

    def _write_rows(
        self,
        key: WorkKey,
        table: _Table[One],
        before: Sequence[One],
        after: Sequence[One],
        places: dict[str, float],
    ) -> tuple[dict[str, float], int]:
        """Write the rows of one table that differ, and return the places of all, and how many were written."""
        old, new, low, high = _between(before, after, places)
        if not old and not new:
            return places, 0
        staying = _staying(table, old, new, places)
        to = _places(new, staying, places, (low, high))
        if to is None:
            # No number is left between two others: all get new ones.
            old, staying = before, frozenset()
            to = {one.guid: float(at) for at, one in enumerate(after)}
            new = after
        known, changed = {one.guid: one for one in old if one.guid in to or one.guid not in staying}, dict(places)
        removed = known.keys() - to.keys()
        for guid in removed:
            self._database.run(f"DELETE FROM {table.name} WHERE round = ? AND author = ? AND guid = ?", (*key, guid))
            del changed[guid]
        by_guid = {one.guid: one for one in new if one.guid in to}
        written = len(removed)
        for guid, place in to.items():
            if not table.is_same(known.get(guid), by_guid[guid]) or places.get(guid) != place:
                row = table.values(by_guid[guid], place)
                self._database.run(f"INSERT OR REPLACE INTO {table.name} VALUES (?, ?{', ?' * len(row)})", (*key, *row))
                changed[guid] = place
                written += 1
        return changed, written

    def _read(self, key: WorkKey) -> _Stored:
        if key not in self._stored:
            where = "WHERE round = ? AND author = ? ORDER BY place"
            codes = self._database.run(f"SELECT {_CODE} FROM codes {where}", key)
            codings = self._database.run(f"SELECT {_CODING} FROM codings {where}", key)
            work = CoderWork(Codebook(tuple(map(_code, codes))), Codings(tuple(map(_coding, codings))))
            self._stored[key] = _Stored(work, _placed(codes), _placed(codings))
        return self._stored[key]


def _between(
    before: Sequence[One], after: Sequence[One], places: Mapping[str, float]
) -> tuple[Sequence[One], Sequence[One], float | None, float | None]:
    """Return what differs between two sequences once equal ends are left out, and the places around it."""
    most = min(len(before), len(after))
    first = 0
    while first < most and before[first] is after[first]:
        first += 1
    last = 0
    while last < most - first and before[-1 - last] is after[-1 - last]:
        last += 1
    low = places[before[first - 1].guid] if first else None
    high = places[before[len(before) - last].guid] if last else None
    return before[first : len(before) - last], after[first : len(after) - last], low, high


def _staying(table: _Table[One], old: Sequence[One], new: Sequence[One], places: Mapping[str, float]) -> frozenset[str]:
    """Return whose rows stay as they are: the same values, in the same order as before.

    Values that nothing changed are the same objects from step to step, so that a step costs little.
    """
    of_old, of_new = {id(one) for one in old}, {id(one) for one in new}
    before, after = [one for one in old if id(one) in of_new], [one for one in new if id(one) in of_old]
    if all(map(is_, before, after)) and before:
        return frozenset(one.guid for one in after)
    known = {one.guid: one for one in old}
    unchanged = [one.guid for one in new if table.is_same(known.get(one.guid), one)]
    return _longest_rising([(guid, places[guid]) for guid in unchanged])


def _places(
    new: Sequence[One], staying: frozenset[str], known: Mapping[str, float], bounds: tuple[float | None, float | None]
) -> dict[str, float] | None:
    """Return a place for each that does not stay, between those that do. None where no number is left.

    One that was there before keeps its place where it fits.
    """
    low, high = bounds
    found: dict[str, float] = {}
    run: list[str] = []
    for one in (*new, None):
        if one is not None and one.guid not in staying:
            run.append(one.guid)
            continue
        above = high if one is None else known[one.guid]
        if run:
            placed = _placed_run(run, known, low, above)
            if placed is None:
                return None
            found |= placed
            run = []
        low = above
    return found


def _placed_run(
    run: Sequence[str], known: Mapping[str, float], low: float | None, high: float | None
) -> dict[str, float] | None:
    """Return places for neighbours, rising between two others."""
    if len(run) == 1 and run[0] in known and (low is None or low < known[run[0]]):
        place = known[run[0]]
        if high is None or place < high:
            return {run[0]: place}
    begin = low if low is not None else (high - 1 - len(run) if high is not None else -1.0)
    step = 1.0 if high is None else (high - begin) / (len(run) + 1)
    found = {guid: begin + number * step for number, guid in enumerate(run, start=1)}
    rising = [begin, *found.values(), *(() if high is None else (high,))]
    return found if all(one < other for one, other in pairwise(rising)) else None


def _longest_rising(placed: Sequence[tuple[str, float]]) -> frozenset[str]:
    """Return the most of these whose places rise in their order."""
    tails: list[float] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(placed):
        slot = bisect_left(tails, place)
        before.append(last[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(place)
            last.append(at)
        else:
            tails[slot] = place
            last[slot] = at
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(placed[at][0])
        at = before[at]
    return frozenset(found)


def _placed(rows: Iterable[Row]) -> dict[str, float]:
    return {row[0]: row[1] for row in rows}


def _code_values(code: Code, place: float) -> Row:
    return (
        *(code.guid, place, code.name, code.colour, code.definition, code.when, code.when_not, code.example),
        *(code.parent, code.is_retired, code.letter),
    )


def _coding_values(one: Coding, place: float) -> Row:
    return (one.guid, place, one.text, one.begin, one.end, one.code, one.wall, one.memo)


def _code(row: Row) -> Code:
    guid, _, name, colour, definition, applies, applies_not, example, parent, is_retired, letter = row
    return Code(guid, name, colour, definition, applies, applies_not, example, parent, bool(is_retired), letter)


def _coding(row: Row) -> Coding:
    guid, _, text, begin, end, code, wall, memo = row
    return Coding(guid, text, int(begin), int(end), code, float(wall), memo)


_CODES = _Table("codes", _code_values)
_CODINGS = _Table("codings", _coding_values)
