"""A text as names are searched for in it: its words folded, what lies between two, and how each is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from balint_desktop.domain.folding import folded_sign, plain, spelt_out

_SENTENCE_ENDS = frozenset('.!?…:\n•–—-("“„«')
_PLAIN_LINE = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿĀ-ž’‘“”–—…]*")
_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿĀ-ž]+")
_HYPHENS = frozenset("-‐‑_")
_APOSTROPHE = "'"
_LEAST_CASELESS = 40
_MOST_CAPITALS = 0.01
_MOST_BETWEEN_LETTERS = 3
_SHORT_FORMS = frozenset("st mt dr mr ms mrs prof rev ft".split())


class WordGap(StrEnum):
    """What lies between a word and the one before it."""

    SPACE = "space"
    HYPHEN = "hyphen"
    APOSTROPHE = "apostrophe"
    DOT = "dot"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word from `begin` to `end` in code points, and all it may be compared as. `gap` lies before it.

    `is_apart` is whether only some signs lie before it, so that single letters so parted may spell a name.
    """

    begin: int
    end: int
    written: str
    forms: tuple[str, ...]
    gap: WordGap
    is_apart: bool
    is_first: bool

    @property
    def is_capital(self) -> bool:
        """Return whether it begins with a capital."""
        return self.written[:1].isupper()

    @property
    def is_single(self) -> bool:
        """Return whether it is one letter, which may fold to two."""
        return len(self.written) == 1 or sum(map(bool, map(folded_sign, self.written))) == 1

    @property
    def is_initial(self) -> bool:
        """Return whether it is a single letter other than "I"."""
        return self.is_single and self.folded != "i"

    @property
    def folded(self) -> str:
        """Return what it is compared as."""
        return self.forms[0]


def is_letter(sign: str) -> bool:
    """Return whether a folded sign is part of a word: a letter, or a vowel sign of a script that has such."""
    return sign.isalpha() or unicodedata.category(sign)[0] == "M"


def name_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text: letters alone, so that a possessive is a word of its own."""
    words: list[NameWord] = []
    at = 0
    for line in text.splitlines(keepends=True):
        spans = _plain_spans(line) if _PLAIN_LINE.fullmatch(line) else _spans(line)
        for begin, end in spans:
            words.append(_word(text, at + begin, at + end, words[-1] if words else None))
        at += len(line)
    return tuple(words)


def _plain_spans(line: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a line of letters of Europe, composed, and the usual signs."""
    return (found.span() for found in _LETTERS.finditer(line))


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in any line: letters and what is ignored among them."""
    begin, end = -1, 0
    for at, sign in enumerate(line):
        folded = folded_sign(sign)
        if not folded:
            continue
        if all(map(is_letter, folded)):
            begin = at if begin < 0 else begin
            end = at + 1
        elif begin >= 0:
            yield begin, _with_marks(line, end)
            begin = -1
    if begin >= 0:
        yield begin, _with_marks(line, end)


def _with_marks(text: str, end: int) -> int:
    """Return the end of a word with the accents that follow its last letter."""
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end


def _word(text: str, begin: int, end: int, before: NameWord | None) -> NameWord:
    written, between = text[begin:end], text[before.end if before is not None else 0 : begin]
    forms = (written.lower(),) if written.isascii() else _forms(written)
    if between == " ":
        return NameWord(begin, end, written, forms, WordGap.SPACE, is_apart=True, is_first=False)
    seen = plain(between)
    if before is None:
        return NameWord(begin, end, written, forms, WordGap.BREAK, is_apart=False, is_first=True)
    gap = _gap(seen, before)
    starts = gap not in {WordGap.HYPHEN, WordGap.DOT} and any(sign in _SENTENCE_ENDS for sign in seen)
    is_apart = 0 < len(seen) <= _MOST_BETWEEN_LETTERS and not any(map(str.isdigit, seen))
    return NameWord(begin, end, written, forms, gap, is_apart, starts)


@lru_cache(maxsize=1024)
def _forms(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((plain(written), spelt_out(written))))


def _gap(between: str, before: NameWord) -> WordGap:
    if between == _APOSTROPHE:
        return WordGap.APOSTROPHE
    if between in _HYPHENS or (between[:1] in _HYPHENS and between[1:].isspace() and "\n" in between):
        return WordGap.HYPHEN
    if between.isspace() and between.count("\n") < 2:
        return WordGap.SPACE
    # "A. Mori" and "St. John"; any other stop with a space ends a sentence.
    is_short_form = between == ". " and before.is_capital and (before.is_initial or before.folded in _SHORT_FORMS)
    return WordGap.DOT if between == "." or is_short_form else WordGap.BREAK


def has_no_case(words: tuple[NameWord, ...]) -> bool:
    """Return whether a text is written without capitals, or with nothing else, so that they say nothing."""
    cased = [word for word in words if word.written[:1].isupper() or word.written[:1].islower()]
    if len(cased) < _LEAST_CASELESS:
        return False
    capitals = sum(word.is_capital for word in cased) / len(cased)
    return not _MOST_CAPITALS < capitals < 1 - _MOST_CAPITALS
