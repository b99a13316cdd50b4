"""A text as names are searched for in it: its words folded, what lies between two, and how each is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.folding import folded_sign, plain, spelt_out

_SENTENCE_ENDS = frozenset('.!?…:\n•–—-("“„«')
_HYPHENS = frozenset("-‐‑_")
_APOSTROPHE = "'"
_LEAST_CASELESS = 40
_MOST_CAPITALS = 0.01
_MOST_BETWEEN_LETTERS = 3
_SHORT_FORM = 2


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
    def folded(self) -> str:
        """Return what it is compared as."""
        return self.forms[0]


def is_letter(sign: str) -> bool:
    """Return whether a folded sign is part of a word: a letter, or a vowel sign of a script that has such."""
    return sign.isalpha() or unicodedata.category(sign)[0] == "M"


def name_words(text: str) -> tuple[NameWord, ...]:
    """Return the words of a text: letters alone, so that a possessive is a word of its own."""
    words: list[NameWord] = []
    begin, end = -1, 0
    for at, sign in enumerate(text):
        if "a" <= sign <= "z" or "A" <= sign <= "Z":
            inside = True
        else:
            folded = folded_sign(sign)
            if not folded:
                continue
            inside = all(map(is_letter, folded))
        if inside:
            begin = at if begin < 0 else begin
            end = at + 1
        elif begin >= 0:
            words.append(_word(text, begin, _with_marks(text, end), words[-1] if words else None))
            begin = -1
    if begin >= 0:
        words.append(_word(text, begin, _with_marks(text, end), words[-1] if words else None))
    return tuple(words)


def _with_marks(text: str, end: int) -> int:
    """Return the end of a word with the accents that follow its last letter."""
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return end


def _word(text: str, begin: int, end: int, before: NameWord | None) -> NameWord:
    written, between = text[begin:end], text[before.end if before is not None else 0 : begin]
    if written.isascii():
        forms: tuple[str, ...] = (written.lower(),)
    else:
        forms = tuple(dict.fromkeys((plain(written), spelt_out(written))))
    seen = plain(between)
    if before is None:
        return NameWord(begin, end, written, forms, WordGap.BREAK, is_apart=False, is_first=True)
    gap = _gap(seen, before.folded)
    starts = gap not in {WordGap.HYPHEN, WordGap.DOT} and any(sign in _SENTENCE_ENDS for sign in seen)
    is_apart = 0 < len(seen) <= _MOST_BETWEEN_LETTERS and not any(map(str.isdigit, seen))
    return NameWord(begin, end, written, forms, gap, is_apart, starts)


def _gap(between: str, before: str) -> WordGap:
    if between == _APOSTROPHE:
        return WordGap.APOSTROPHE
    if between in _HYPHENS or (between[:1] in _HYPHENS and between[1:].isspace() and "\n" in between):
        return WordGap.HYPHEN
    if between.isspace() and between.count("\n") < 2:
        return WordGap.SPACE
    # "A. Mori" and "St. John"; any other stop with a space ends a sentence.
    is_short_form = between == ". " and len(before) <= _SHORT_FORM
    return WordGap.DOT if between == "." or is_short_form else WordGap.BREAK


def has_no_case(words: tuple[NameWord, ...]) -> bool:
    """Return whether a text is written without capitals, or with nothing else, so that they say nothing."""
    cased = [word for word in words if word.written[:1].isupper() or word.written[:1].islower()]
    if len(cased) < _LEAST_CASELESS:
        return False
    capitals = sum(word.is_capital for word in cased) / len(cased)
    return not _MOST_CAPITALS < capitals < 1 - _MOST_CAPITALS
