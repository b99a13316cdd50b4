"""A text in numbered lines of a fixed width: the same numbers on paper and on screen, and what a person types of them.

The width is counted in characters, not measured in a font, so that line 12 is line 12 wherever the text is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.transcript.spans import Span, merged

LINE_WIDTH = 72
_DASH = r"[-\u2010-\u2015\u2212]|to|bis"
_PART = re.compile(rf"(\d{{1,6}})(?:\s*(?:{_DASH})\s*(\d{{1,6}}))?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;+&]|\band\b|\bund\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line: its number, from 1, and its words, which are `begin` to `end` of the text in code points."""

    number: int
    begin: int
    end: int
    words: str
    begins_turn: bool


class LinesFault(StrEnum):
    """Why what was typed means no lines."""

    NOT_LINES = "not-lines"
    REVERSED = "reversed"
    BEYOND = "beyond"


class LinesError(ValueError):
    """What was typed means no lines of this text. `typed` is the part of it that does not."""

    def __init__(self, fault: LinesFault, typed: str) -> None:
        super().__init__(fault.value)
        self.fault, self.typed = fault, typed


def line_numbered(text: str, width: int = LINE_WIDTH) -> tuple[NumberedLine, ...]:
    """Return a text in lines of at most `width` characters, broken between words; empty lines have no number."""
    found: list[NumberedLine] = []
    at = 0
    for line in text.split("\n"):
        for number, (begin, end) in enumerate(_wrapped(line, width)):
            words = line[begin:end]
            found.append(NumberedLine(len(found) + 1, at + begin, at + end, words, begins_turn=number == 0))
        at += len(line) + 1
    return tuple(found)


def _wrapped(line: str, width: int) -> Iterator[Span]:
    at = _after_space(line, 0)
    while at < len(line):
        end = len(line)
        if end - at > width:
            end = line.rfind(" ", at, at + width + 1)
            # A word that is longer than a line is cut.
            end = at + width if end <= at else end
        yield at, at + len(line[at:end].rstrip())
        at = _after_space(line, end)


def _after_space(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def span_of_lines(typed: str, lines: Sequence[NumberedLine]) -> tuple[Span, ...]:
    """Return the passages of some lines: 12, or 12-15, or 12 to 15, 18. Lines that follow on are one passage.

    Raise LinesError.
    """
    numbers: list[Span] = []
    for part in _BETWEEN.split(typed):
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise LinesError(LinesFault.NOT_LINES, part.strip())
        first = int(found[1])
        last = int(found[2] or first)
        if last < first:
            raise LinesError(LinesFault.REVERSED, part.strip())
        if not 1 <= first <= last <= len(lines):
            raise LinesError(LinesFault.BEYOND, part.strip())
        numbers.append((first, last + 1))
    return tuple((lines[first - 1].begin, lines[last - 2].end) for first, last in merged(numbers))


def lines_of_span(lines: Sequence[NumberedLine], begin: int, end: int) -> Span:
    """Return the numbers of the first and the last line that a passage is on. Raise ValueError for none."""
    first = bisect_right([one.end for one in lines], begin)
    last = bisect_left([one.begin for one in lines], end) - 1
    if not 0 <= first <= last:
        raise ValueError("a passage without a word")
    return lines[first].number, lines[last].number
