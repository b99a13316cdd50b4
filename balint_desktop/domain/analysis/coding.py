"""Codings: a coder gives a code to a stretch of an approved text. Values alone; every act makes new ones.

The same code by the same coder on overlapping text is one coding. Codings of others never change: a coder's own work is
a value of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from balint_desktop.domain.deidentify.approved import ApprovedTurn
from balint_desktop.domain.transcript.spans import Span

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a stretch of a text, `begin` to `end` in code points; `wall` is when, in seconds since 1970."""

    guid: str
    text: str
    begin: int
    end: int
    code: str
    wall: float
    memo: str = ""


class Edge(StrEnum):
    """Which end of a coding moves."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True, slots=True)
class Codings:
    """All codings of one coder in a round, by guid."""

    all: tuple[Coding, ...] = ()

    def of_text(self, text: str) -> tuple[Coding, ...]:
        """Return the codings of a text, in order of where they begin."""
        return tuple(sorted((one for one in self.all if one.text == text), key=lambda one: (one.begin, -one.end)))

    def coding(self, guid: str) -> Coding:
        """Return a coding. Raise KeyError."""
        for one in self.all:
            if one.guid == guid:
                return one
        raise KeyError(guid)

    def given(self, coding: Coding) -> Codings:
        """Return these with another; with what overlaps it, of the same code and text, it is one.

        The oldest of them stays, with the memos of all, so that what pointed at it still does.
        """
        same = [one for one in self.all if _overlaps(one, coding)]
        if not same:
            return Codings((*self.all, coding))
        first = min(same, key=lambda one: (one.wall, one.guid))
        memo = "\n".join(dict.fromkeys(one.memo for one in (first, *same, coding) if one.memo))
        joined = replace(
            first,
            begin=min(one.begin for one in (*same, coding)),
            end=max(one.end for one in (*same, coding)),
            memo=memo,
        )
        gone = {one.guid for one in same} - {first.guid}
        return Codings(tuple(joined if one.guid == first.guid else one for one in self.all if one.guid not in gone))

    def without(self, guid: str) -> Codings:
        """Return these without a coding. Raise KeyError."""
        self.coding(guid)
        return Codings(tuple(one for one in self.all if one.guid != guid))

    def with_memo(self, guid: str, memo: str) -> Codings:
        """Return these with what the coder wrote of one. Raise KeyError."""
        self.coding(guid)
        return Codings(tuple(replace(one, memo=memo) if one.guid == guid else one for one in self.all))

    def with_edge(self, guid: str, edge: Edge, place: int) -> Codings:
        """Return these with one end of a coding moved; it never moves past the other. Raise KeyError."""
        one = self.coding(guid)
        begin, end = (place, one.end) if edge is Edge.BEGIN else (one.begin, place)
        if begin >= end:
            return self
        return self.without(guid).given(replace(one, begin=begin, end=end))

    def split(self, guid: str, place: int, new_guid: str) -> Codings:
        """Return these with a coding cut in two at a place inside it. Raise KeyError, ValueError."""
        one = self.coding(guid)
        if not one.begin < place < one.end:
            raise ValueError("a coding is cut inside it")
        first, second = replace(one, end=place), replace(one, guid=new_guid, begin=place, memo="")
        # Two that touch are not one: they do not overlap.
        return Codings((*(first if other.guid == guid else other for other in self.all), second))

    def recoded(self, code: str, into: str) -> Codings:
        """Return these with one code made another, as where two codes are merged."""
        found = Codings(tuple(one for one in self.all if one.code != code))
        for one in self.all:
            if one.code == code:
                found = found.given(replace(one, code=into))
        return found

    def without_code(self, codes: Iterable[str]) -> Codings:
        """Return these without the codings of some codes."""
        gone = frozenset(codes)
        return Codings(tuple(one for one in self.all if one.code not in gone))

    def moved(self, text: str, move: Callable[[Span], Span | None]) -> tuple[Codings, int]:
        """Return these on the next version of a text, and how many went because all of what they coded is taken out."""
        found, count = [], 0
        for one in self.all:
            span = move((one.begin, one.end)) if one.text == text else (one.begin, one.end)
            if span is None or span[0] >= span[1]:
                count += 1
            else:
                found.append(replace(one, begin=span[0], end=span[1]))
        return Codings(tuple(found)), count


def _overlaps(one: Coding, other: Coding) -> bool:
    is_same = (one.text, one.code) == (other.text, other.code)
    return is_same and one.begin < other.end and other.begin < one.end


def snapped(text: str, begin: int, end: int) -> Span:
    """Return a selection widened to whole words and without the space around them; nothing selected is its word."""
    words = _WORD.finditer(text, _back_to_space(text, begin))
    if begin == end:
        word = next(words, None)
        return word.span() if word is not None and word.start() <= begin else (begin, begin)
    first = last = None
    for word in words:
        if word.start() >= end:
            break
        if word.end() > begin:
            first = word.start() if first is None else first
            last = word.end()
    return (first, last) if first is not None and last is not None else (begin, begin)


def next_edge(text: str, place: int, *, is_forward: bool, edge: Edge) -> int:
    """Return where an end of a coding goes by one word: begins stand before a word, ends behind one."""
    if is_forward:
        words = _WORD.finditer(text, _back_to_space(text, place))
        places = (word.start() if edge is Edge.BEGIN else word.end() for word in words)
        return next((at for at in places if at > place), place)
    if edge is Edge.BEGIN:
        behind = _back_over_space(text, place)
        return _back_to_space(text, behind) if behind else place
    return _back_over_space(text, _back_to_space(text, place)) or place


def off_labels(turns: Sequence[ApprovedTurn], begin: int, end: int) -> Span:
    """Return a stretch of a text without the labels of its turns at both ends; one of labels alone is empty.

    Who speaks is not what is said: coders who choose a turn with its label or without it code the same words.
    """
    first, last = _turn_at(turns, begin), _turn_at(turns, end)
    if first is not None and begin < turns[first].words_begin:
        begin = turns[first].words_begin
    if last is not None and turns[last].begin < end <= turns[last].words_begin:
        end = turns[last - 1].end if last else 0
    return (begin, end) if begin < end else (begin, begin)


def next_edge_off_labels(text: str, turns: Sequence[ApprovedTurn], place: int, *, is_forward: bool, edge: Edge) -> int:
    """Return where an end of a coding goes by one word that is said; labels of turns are passed over."""
    at = place
    while (to := next_edge(text, at, is_forward=is_forward, edge=edge)) != at:
        turn = _turn_at(turns, to)
        label = (turns[turn].begin, turns[turn].words_begin) if turn is not None else (to, to)
        is_label = label[0] <= to < label[1] if edge is Edge.BEGIN else label[0] < to <= label[1]
        if not is_label:
            return to
        at = to
    return place


def _turn_at(turns: Sequence[ApprovedTurn], place: int) -> int | None:
    """Return the number of the last turn that begins at a place or before it."""
    at = bisect_right(turns, place, key=lambda turn: turn.begin) - 1
    return at if at >= 0 else None


def _back_to_space(text: str, place: int) -> int:
    """Return the beginning of the word that a place is inside of or behind; a text is long, so no more is read."""
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _back_over_space(text: str, place: int) -> int:
    while place > 0 and text[place - 1].isspace():
        place -= 1
    return place


def lanes(codings: Iterable[Coding]) -> dict[str, int]:
    """Return the lane of each coding in the margin, by guid, from 0: those that overlap are in different ones."""
    found: dict[str, int] = {}
    ends: list[int] = []
    for one in sorted(codings, key=lambda each: (each.begin, -each.end)):
        # Plain loops: this runs at each step of coding.
        begin = one.begin
        for lane, end in enumerate(ends):
            if end <= begin:
                ends[lane] = one.end
                break
        else:
            lane = len(ends)
            ends.append(one.end)
        found[one.guid] = lane
    return found
