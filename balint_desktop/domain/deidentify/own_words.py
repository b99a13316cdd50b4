"""The program's own words: a heading called *Day* is no name, even where June Day is on the roster."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
_COUNTS = frozenset("n count number minutes present absent day possible code".split())
_LEAST_WORDS = 3
# Months and days that are names too stand beside a number, or alone in a calendar's heading.
_MONTHS = "April|May|June|July|August|Mai|Juni|Juli|January|Jan|Apr|Jun|Jul|Aug|Augusta|März|Mar|Sun|Sat|Mon|Wed"
_DATE = re.compile(
    rf"\b(?:(?P<after>\d{{1,2}}(?:st|nd|rd|th|\.)?[\s\xa0–-]+)(?P<a>{_MONTHS})\b|\b(?P<b>{_MONTHS})\.?,?[\s\xa0]+\d{{1,4}}\b)"
)


class OwnWords:
    """Texts that the program itself says, with or without placeholders in braces."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = tuple(dict.fromkeys(text for text in texts if text))

    def cover(self, text: str, begin: int, end: int) -> bool:
        """Return whether a word of a text is the program's own: of a date, or of a text that the program says.

        A text of its own counts where it is all of a line, or is one of several words that stands there whole.
        """
        if any(found.start() <= begin and end <= found.end() for found in _DATE.finditer(text)):
            return True
        word = text[begin:end]
        first, last = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
        line = text[first : last if last >= 0 else len(text)]
        at = begin - first
        return any(_covers(own, line, at, len(word)) for own in self._texts if word in own)


def _covers(own: str, line: str, at: int, length: int) -> bool:
    whole = line.strip()
    if len(whole.split()) >= _LEAST_WORDS and whole in own:
        # A line of a printed page is a piece of a longer text.
        return True
    for piece in own.split("\n"):
        pattern = _pattern(piece.strip())
        if pattern is None:
            continue
        for found in pattern.finditer(line):
            is_whole = found.group().strip() == whole or _is_long(piece)
            inside = any(start <= at and at + length <= end for start, end in _literal_spans(found))
            if is_whole and inside:
                return True
    return False


def _is_long(own: str) -> bool:
    """Return whether a text is found within others: of several words, and none that a person fills in but numbers."""
    fields = _PLACEHOLDER.findall(own)
    literal = _PLACEHOLDER.sub(" ", own)
    return len(literal.split()) >= _LEAST_WORDS - bool(fields) and all(field in _COUNTS for field in fields)


@lru_cache(maxsize=4096)
def _pattern(own: str) -> re.Pattern[str] | None:
    """Return what finds a text, a group for each of its literal pieces; None for a text of placeholders alone."""
    pieces = _PLACEHOLDER.split(own)
    literals, fields = pieces[::2], pieces[1::2]
    if not any(any(sign.isalpha() for sign in literal) for literal in literals):
        return None
    parts = []
    for number, literal in enumerate(literals):
        parts.append(f"({re.escape(literal)})")
        if number < len(fields):
            parts.append(r"[\d.,:/& PN]{1,12}?" if fields[number] in _COUNTS else r".{0,200}?")
    body = "".join(parts)
    before, after = (r"(?<!\w)" if own[:1].isalnum() else ""), (r"(?!\w)" if own[-1:].isalnum() else "")
    return re.compile(f"{before}{body}{after}")


def _literal_spans(found: re.Match[str]) -> list[tuple[int, int]]:
    return [found.span(number) for number in range(1, len(found.groups()) + 1)]
