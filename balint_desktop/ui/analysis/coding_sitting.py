"""One sitting at coding: a coder's codes and codings, the coding in hand, and all that Undo undoes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import (
    Coding,
    Codings,
    Edge,
    lanes,
    next_edge_off_labels,
    off_labels,
    snapped,
)
from balint_desktop.domain.analysis.history import CoderWork, WorkHistory
from balint_desktop.domain.deidentify.approved import ApprovedTurn
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.values import RecordingId, new_id

RECENT = 9
"""How many codes have a digit."""


class CodingSitting(QObject):
    """The work of one coder, and the text that is shown. Every act makes one step of the history, and emits `changed`.

    `codings` are those of the text in order, and `lanes` how many lanes they need.

    Nothing changes while it `is_locked`, as a round that is closed is. An act returns whether it changed anything.
    """

    changed = Signal()
    current_changed = Signal()

    def __init__(self, now: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.recent: tuple[str, ...] = ()
        self._used: tuple[str, ...] = ()
        self._before: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._letters: Mapping[str, str] = {}
        self.begin(CoderWork())

    def begin(self, work: CoderWork, *, is_locked: bool = False) -> None:
        """Begin with the work of a coder; no text is shown yet.

        Codes that have a digit from before keep it; without any, those given last have the digits. Each code has a
        letter from the first step on, which is saved with it.
        """
        self.is_locked = is_locked
        self._history = WorkHistory(CoderWork(work.book.lettered(), work.codings))
        self._bring_recent(work)
        self.current: str = ""
        self._lettered: Codebook | None = None
        self.show_text(RecordingId(""), "")

    def show_text(self, recording: RecordingId, text: str, turns: Sequence[ApprovedTurn] = ()) -> None:
        """Show another text with its turns; the steps before can still be undone."""
        self.recording, self.text, self.turns = recording, text, tuple(turns)
        self.current = ""
        self._compute()

    # --- what there is ---

    @property
    def work(self) -> CoderWork:
        """The work as it is."""
        return self._history.now

    @property
    def book(self) -> Codebook:
        """The codes."""
        return self._history.now.book

    def count(self, code: str) -> int:
        """Return how many passages have a code, in all texts."""
        return self._counts[code]

    def letter(self, code: str) -> str:
        """Return what stands for a code in the margin."""
        return self._letters.get(code, "")

    def lane(self, guid: str) -> int:
        """Return the lane of a coding of the text."""
        return self._lanes.get(guid, 0)

    def in_hand(self) -> Coding | None:
        """Return the coding in hand."""
        return self._by_guid.get(self.current)

    def at(self, place: int) -> tuple[Coding, ...]:
        """Return the codings at a place of the text, the shortest first."""
        found = (one for one in self.codings if one.begin <= place <= one.end)
        return tuple(sorted(found, key=lambda one: (one.end - one.begin, one.begin)))

    def beside(self, place: int, *, forward: bool) -> Coding | None:
        """Return the coding after the one in hand, or before it; without one, the next from a place on."""
        order = [one.guid for one in self.codings]
        if self.current in order:
            at = order.index(self.current) + (1 if forward else -1)
            return self.codings[at] if 0 <= at < len(order) else None
        if forward:
            return next((one for one in self.codings if one.begin >= place), None)
        return next((one for one in reversed(self.codings) if one.begin < place), None)

    def passage(self, coding: Coding) -> str:
        """Return the words of a coding of the text, on one line."""
        return " ".join(self.text[coding.begin : coding.end].split())

    # --- passages ---

    def choose(self, guid: str) -> None:
        """Take a coding in hand, or none."""
        if guid != self.current:
            self.current = guid
            self.current_changed.emit()

    def words_in(self, begin: int, end: int) -> Span:
        """Return the whole words of a selection, or the word at a place; empty where nothing is said there."""
        return off_labels(self.turns, *snapped(self.text, begin, end))

    def give(self, code: str, begin: int, end: int) -> bool:
        """Give a code to whole words of the text, and take the coding in hand."""
        span = self.words_in(begin, end)
        if self.is_locked or span[0] >= span[1]:
            return False
        made = Coding(new_id(), self.recording, span[0], span[1], code, self._now())
        codings = self.work.codings.given(made)
        found = next(one for one in reversed(codings.all) if one.code == code and _covers(one, self.recording, span))
        self._note_recent(code)
        # In hand before the change is shown, so that the page shows both at once.
        before, self.current = self.current, found.guid
        is_changed = self._apply(codings=codings)
        if not is_changed and before != found.guid:
            self.current_changed.emit()
        return is_changed

    def remove(self) -> bool:
        """Remove the coding in hand."""
        one = self.in_hand()
        return one is not None and self._apply(codings=self.work.codings.without(one.guid))

    def move(self, edge: Edge, *, forward: bool) -> bool:
        """Move one end of the coding in hand by a word."""
        one = self.in_hand()
        if one is None:
            return False
        place = one.begin if edge is Edge.BEGIN else one.end
        to = next_edge_off_labels(self.text, self.turns, place, is_forward=forward, edge=edge)
        return self._apply(codings=self.work.codings.with_edge(one.guid, edge, to), keep=one)

    def split(self, place: int) -> bool:
        """Split the coding in hand before the word at a place."""
        one = self.in_hand()
        if one is None:
            return False
        at = snapped(self.text, place, place)[0]
        if not one.begin < at < one.end:
            return False
        first_end = len(self.text[:at].rstrip())
        split = self.work.codings.split(one.guid, at, new_id())
        return self._apply(codings=split.with_edge(one.guid, Edge.END, first_end))

    def set_memo(self, guid: str, memo: str) -> bool:
        """Set what is written of a coding."""
        if not any(one.guid == guid for one in self.work.codings.all):
            return False
        return self._apply(codings=self.work.codings.with_memo(guid, memo))

    # --- codes: these raise CodebookError where the book does not take the change ---

    def new_code(self, name: str, parent: str | None = None) -> str:
        """Add a code and return it; an empty text where nothing may change."""
        if self.is_locked:
            return ""
        guid = new_id()
        self._apply(book=self.book.with_code(guid, name, parent))
        return guid

    def change_code(self, code: Code) -> bool:
        """Change a code's name, words, place or state."""
        return self._apply(book=self.book.with_changed(code))

    def nest(self, guid: str, parent: str | None) -> bool:
        """Put a code under another, or under none."""
        return self.change_code(replace(self.book.code(guid), parent=parent))

    def retire(self, guid: str, *, is_retired: bool) -> bool:
        """Retire a code, which keeps its passages, or bring it back."""
        return self.change_code(replace(self.book.code(guid), is_retired=is_retired))

    def merge(self, guid: str, into: str) -> bool:
        """Make a code one with another, with its passages."""
        merged = self.book.merged(guid, into)
        self.recent = tuple(dict.fromkeys(into if code == guid else code for code in self.recent))
        return self._apply(book=merged, codings=self.work.codings.recoded(guid, into))

    # --- undo ---

    def undo(self) -> Coding | bool | None:
        """Go a step back. Return a coding of the text that it changed, None without one, False without a step."""
        return self._step(self._history.undone())

    def redo(self) -> Coding | bool | None:
        """Go a step forward again; returns as `undo`."""
        return self._step(self._history.redone())

    def _step(self, history: WorkHistory) -> Coding | bool | None:
        if self.is_locked or history is self._history:
            return False
        before = {one.guid: one for one in self.codings}
        self._history = history
        self.recent = tuple(code for code in self.recent if any(one.guid == code for one in self.book.codes))
        self._compute()
        changed = next((one for one in self.codings if before.get(one.guid) != one), None)
        self.changed.emit()
        if changed is not None:
            self.choose(changed.guid)
        return changed

    def _apply(
        self, *, book: Codebook | None = None, codings: Codings | None = None, keep: Coding | None = None
    ) -> bool:
        """Make a step. `keep` is the coding that is in hand still, or what it was joined to."""
        before = self._history
        if self.is_locked:
            return False
        self._history = before.then(CoderWork(book or before.now.book, codings or before.now.codings))
        if self._history is before:
            return False
        self._compute()
        if keep is not None and keep.guid not in self._by_guid:
            joined = (one for one in self.codings if one.code == keep.code and one.begin <= keep.begin < one.end)
            self.current = next((one.guid for one in joined), "")
        self.changed.emit()
        return True

    def _compute(self) -> None:
        self.codings = self.work.codings.of_text(self.recording)
        self._by_guid = {one.guid: one for one in self.codings}
        self._lanes = lanes(self.codings)
        self.lanes = max(self._lanes.values(), default=-1) + 1
        if self.book is not self._lettered:
            self._lettered, self._letters = self.book, self.book.letters()
        self.most_letters = max(
            (len(self._letters.get(code, "")) for code in {one.code for one in self.codings}), default=1
        )
        self._counts = Counter([one.code for one in self.work.codings.all])
        if self.current not in self._by_guid:
            self.current = ""

    @property
    def last(self) -> str:
        """The code that was given last and may still be given, empty without one."""
        given = (one.guid for one in self.book.codes if not one.is_retired)
        return next((code for code in self._used[:1] if code in given), "")

    def _bring_recent(self, work: CoderWork) -> None:
        """Bring back which codes have digits: those of before the page was left, otherwise those given last."""
        # The page is cleared with work that has no codes as it is left.
        if self.recent:
            self._before = (self.recent, self._used)
        codes = {code.guid: code for code in work.book.codes}
        self.recent, self._used = (tuple(code for code in before if code in codes) for before in self._before)
        if not self.recent:
            given = (one.code for one in sorted(work.codings.all, key=lambda one: one.wall, reverse=True))
            self._used = tuple(code for code in dict.fromkeys(given) if code in codes and not codes[code].is_retired)
            self.recent = self._used[:RECENT][::-1]

    def _note_recent(self, code: str) -> None:
        """Give a code a digit: that of the one not given for longest, once all are taken. No other digit changes."""
        self._used = (code, *(one for one in self._used if one != code))
        if code in self.recent:
            return
        if len(self.recent) < RECENT:
            self.recent = (*self.recent, code)
            return
        oldest = next(one for one in reversed(self._used) if one in self.recent)
        self.recent = tuple(code if one == oldest else one for one in self.recent)


def _covers(one: Coding, text: RecordingId, span: Span) -> bool:
    return one.text == text and one.begin <= span[0] and one.end >= span[1]
