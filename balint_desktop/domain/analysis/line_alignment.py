"""Which lines of a text are which paragraphs of a copy that came back, whatever was added, taken out or changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Above, a stretch without a line that is unlike all others is compared line by line no more.
_MOST_COMPARED = 40_000


@dataclass(frozen=True, slots=True)
class LineGap:
    """Lines `first` to `last` and paragraphs `begin` to `end`, ends exclusive, that are not the same."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class LineAlignment:
    """Pairs of a line and the same paragraph, in order, and the gaps between them."""

    pairs: tuple[tuple[int, int], ...]
    gaps: tuple[LineGap, ...]


def aligned_lines(lines: Sequence[str], paragraphs: Sequence[str]) -> LineAlignment:
    """Align two lists: by what is alike at both ends, then by lines that stand once in each, and so on between them."""
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(lines), 0, len(paragraphs))]
    while waiting:
        first, last, begin, end = waiting.pop()
        while first < last and begin < end and lines[first] == paragraphs[begin]:
            pairs.append((first, begin))
            first, begin = first + 1, begin + 1
        while first < last and begin < end and lines[last - 1] == paragraphs[end - 1]:
            last, end = last - 1, end - 1
            pairs.append((last, end))
        if first == last or begin == end:
            continue
        anchors = _anchors(lines[first:last], paragraphs[begin:end])
        if not anchors and (last - first) * (end - begin) <= _MOST_COMPARED:
            matcher = SequenceMatcher(None, lines[first:last], paragraphs[begin:end], autojunk=False)
            pairs += [
                (first + block.a + at, begin + block.b + at)
                for block in matcher.get_matching_blocks()
                for at in range(block.size)
            ]
            continue
        edge = (first, begin)
        for line, paragraph in [*anchors, (last - first, end - begin)]:
            if anchors:
                waiting.append((edge[0], first + line, edge[1], begin + paragraph))
            if (first + line, begin + paragraph) != (last, end):
                pairs.append((first + line, begin + paragraph))
                edge = (first + line + 1, begin + paragraph + 1)
    pairs.sort()
    return LineAlignment(tuple(pairs), tuple(_gaps(pairs, len(lines), len(paragraphs))))


def _anchors(lines: Sequence[str], paragraphs: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest run, in order in both, of lines that stand once in each."""
    here, there = Counter(lines), Counter(paragraphs)
    places = {text: at for at, text in enumerate(paragraphs) if there[text] == 1}
    found = [(at, places[text]) for at, text in enumerate(lines) if here[text] == 1 and text in places]
    # Patience sorting: the piles' tops, and what each pair came after.
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(found):
        pile = bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[pile], ends[pile] = place, number
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(found[at])
        at = before[at]
    return run[::-1]


def _gaps(pairs: Sequence[tuple[int, int]], lines: int, paragraphs: int) -> list[LineGap]:
    found: list[LineGap] = []
    first = begin = 0
    for line, paragraph in [*pairs, (lines, paragraphs)]:
        if first < line or begin < paragraph:
            found.append(LineGap(first, line, begin, paragraph))
        first, begin = line + 1, paragraph + 1
    return found
