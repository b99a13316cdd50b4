"""Place codings from another program's file on an approved text, each checked against the words it says are there."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.analysis.file_agreement import turn_bounds
from balint_desktop.domain.analysis.project import ProjectCoding

# Some programs write only the beginning of what is selected.
_SHORTEST_BEGINNING = 12
_FARTHEST_OFFSET = 3


@dataclass(frozen=True, slots=True)
class PlacedCodings:
    """Codings of one text: those placed, of these those found elsewhere in their turn, and those not placed.

    `offset` is by how many characters all of them were off, 0 where they were right.
    """

    placed: tuple[ProjectCoding, ...] = ()
    moved: tuple[ProjectCoding, ...] = ()
    not_placed: tuple[ProjectCoding, ...] = ()
    offset: int = 0


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are the same, but for composed letters, line ends, and space at the end."""
    return _plain(one) == _plain(other)


def placed_codings(text: str, codings: Sequence[ProjectCoding]) -> PlacedCodings:
    """Place codings on an approved text, which is the text of their file."""
    offset = _common_offset(text, codings)
    bounds = turn_bounds(text)
    placed: list[ProjectCoding] = []
    elsewhere: list[ProjectCoding] = []
    not_placed: list[ProjectCoding] = []
    for coding in codings:
        shifted = replace(coding, begin=coding.begin + offset, end=coding.end + offset)
        if _is_there(text, shifted):
            placed.append(shifted)
        elif (found := _found_in_turn(text, bounds, shifted)) is not None:
            placed.append(found)
            elsewhere.append(found)
        else:
            not_placed.append(coding)
    return PlacedCodings(tuple(placed), tuple(elsewhere), tuple(not_placed), offset)


def _common_offset(text: str, codings: Sequence[ProjectCoding]) -> int:
    """Return the offset at which all codings that say what is there are right; 0 without one."""
    telling = [coding for coding in codings if coding.quoted.strip()]
    offsets = sorted(range(-_FARTHEST_OFFSET, _FARTHEST_OFFSET + 1), key=lambda one: (abs(one), one))
    for offset in offsets:
        if all(
            _is_there(text, replace(coding, begin=coding.begin + offset, end=coding.end + offset)) for coding in telling
        ):
            return offset
    return 0


def _is_there(text: str, coding: ProjectCoding) -> bool:
    if not 0 <= coding.begin < coding.end <= len(text):
        return False
    quoted, here = _plain(coding.quoted), _plain(text[coding.begin : coding.end])
    if not quoted or quoted == here:
        return True
    shortened = quoted.removesuffix("...").removesuffix("…").rstrip()
    return len(shortened) >= _SHORTEST_BEGINNING and here.startswith(shortened)


def _found_in_turn(text: str, bounds: Sequence[tuple[int, int]], coding: ProjectCoding) -> ProjectCoding | None:
    """Return a coding where its words are found once in the turn it says, None otherwise."""
    place = bisect_right([begin for begin, _ in bounds], coding.begin) - 1
    if place < 0 or not coding.quoted.strip():
        return None
    begin, end = bounds[place]
    turn = text[begin:end]
    if coding.begin > end:
        return None
    if turn.count(coding.quoted) != 1:
        return None
    at = begin + turn.index(coding.quoted)
    return replace(coding, begin=at, end=at + len(coding.quoted))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    return composed.replace("\r\n", "\n").replace("\r", "\n").rstrip()
