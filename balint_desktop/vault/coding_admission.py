"""How somebody's coding becomes their round in a study: at once, late, kept for the next, or behind a later file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.study import Memo, RoundClosing
from balint_desktop.vault.analysis.store import StudyFile, StudyStore
from balint_desktop.vault.analysis.study_rows import TakenFile


class Arrival(StrEnum):
    """What became of a coding file that was opened."""

    TAKEN = "taken"
    LATE = "late"
    """It came when comparison had begun, and was not taken in: a person says whether it is, or waits."""
    TAKEN_LATE = "taken-late"
    """Taken in although comparison had begun: decisions stay, and what differs now is new."""
    KEPT = "kept"
    """Kept for the next round."""
    EARLIER = "earlier"
    """A later one of the same coder counts already: this one is kept, and does not."""


@dataclass(frozen=True, slots=True)
class WorkDifference:
    """How many codings a second file of a coder added, took away and changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class TakenCoding:
    """What became of a coding file: whose it is, for which round, and what it changed.

    `difference` is to the file of the same coder that counted before, None without one. `moved` is what was withdrawn
    from their codings since they had the text.
    """

    arrival: Arrival
    author: str
    round: int
    work: CoderWork
    difference: WorkDifference | None = None
    moved: MoveCount = field(default_factory=MoveCount)


@dataclass(frozen=True, slots=True)
class CodingAdmission:
    """Coding of somebody else that may be read by now, and the file it came in.

    `adds` is whether it adds to what counts already, which it replaces otherwise.
    """

    store: StudyStore
    file: StudyFile
    taken: TakenFile
    work: CoderWork
    memos: tuple[Memo, ...] = ()
    adds: bool = False
    moved: MoveCount = field(default_factory=MoveCount)

    def admit(self, late: Arrival) -> TakenCoding:
        """Take it in, or set it aside; `late` is what becomes of it once comparison has begun. Raise Trouble."""
        if not self.adds and self._has_later():
            return self._set_aside(Arrival.EARLIER)
        if not self._has_begun():
            return self._write_round(Arrival.TAKEN)
        if late is Arrival.TAKEN_LATE:
            return self._write_round(Arrival.TAKEN_LATE)
        if late is Arrival.KEPT:
            return self._set_aside(Arrival.KEPT)
        return self._result(Arrival.LATE)

    def _has_later(self) -> bool:
        """Return whether another file of the same coder, closed later, counts for the round."""
        taken = self.taken
        return any(
            one.closed_wall > taken.closed_wall
            for one in self.file.tables.taken().values()
            if one.counts and (one.round, one.author) == (taken.round, taken.author) and one.file != taken.file
        )

    def _has_begun(self) -> bool:
        """Return whether the round has been compared: something was decided in it, or the next one is open."""
        number = self.taken.round
        return any(one.round == number for one in self.file.themes.decisions()) or any(
            one.number > number for one in self.file.tables.rounds()
        )

    def _result(self, arrival: Arrival, difference: WorkDifference | None = None) -> TakenCoding:
        return TakenCoding(arrival, self.taken.author, self.taken.round, self.work, difference, self.moved)

    def _set_aside(self, arrival: Arrival) -> TakenCoding:
        with self.file.together():
            self.file.tables.note_taken(replace(self.taken, counts=False))
        return self._result(arrival)

    def _write_round(self, arrival: Arrival) -> TakenCoding:
        file, taken = self.file, self.taken
        key = (taken.round, taken.author)
        had, before = file.work.has(key), file.work.work(key)
        with file.together():
            file.work.write(key, self.work)
            known = {(memo.author, memo.id) for memo in (*self.memos, *file.tables.memos())}
            for memo in self.memos:
                # Nobody's memo is superseded by somebody else.
                supersedes = memo.supersedes if (memo.author, memo.supersedes) in known else None
                file.tables.add_memo(replace(memo, supersedes=supersedes))
            closing = RoundClosing(taken.author, taken.closed_wall, taken.sha256)
            file.tables.close_round(taken.round, closing, taken_from=taken.file)
            file.tables.note_taken(taken, adds=self.adds)
        self.store.bring_to_log(file)
        return self._result(arrival, _difference(before, self.work) if had else None)


def _difference(before: CoderWork, after: CoderWork) -> WorkDifference:
    old = {one.guid: one for one in before.codings.all}
    new = {one.guid: one for one in after.codings.all}
    return WorkDifference(
        len(new.keys() - old.keys()),
        len(old.keys() - new.keys()),
        sum(new[guid] != old[guid] for guid in new.keys() & old.keys()),
    )
