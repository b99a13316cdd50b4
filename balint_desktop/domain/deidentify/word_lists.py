"""What suggestions are looked up in: a dictionary, and words by which a text may say who somebody is or where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from balint_desktop.domain.deidentify.name_text import name_words
from balint_desktop.domain.foreign import foreign_errors

_VERSION = 1


class WordListError(ValueError):
    """A text is no list of words."""


class Dictionary:
    """The words of a language in lower case, sorted, a line each: searched in place, for a set takes ten times that."""

    def __init__(self, lines: bytes = b"") -> None:
        self._lines = lines
        self._known: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word or not self._lines:
            return False
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._has(word.encode("utf-8", "replace"))
        return known

    def __bool__(self) -> bool:
        return bool(self._lines)

    def _has(self, word: bytes) -> bool:
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            begin = self._lines.rfind(b"\n", 0, middle) + 1
            end = self._lines.find(b"\n", begin)
            end = len(self._lines) if end < 0 else end
            line = self._lines[begin:end]
            if line == word:
                return True
            if line < word:
                low = end + 1
            else:
                high = begin
        return False


Phrase = tuple[str, ...]
"""The folded words of a name of several."""


@dataclass(frozen=True)
class IdentifyingWords:
    """Phrases by which a text says who or where, each with its kind, and capitals that say neither.

    `kinds` leads from the first word to every phrase that begins with it, the longest first.
    """

    kinds: Mapping[str, Sequence[tuple[Phrase, str]]] = field(default_factory=dict)
    capitals: Mapping[str, Sequence[tuple[Phrase, str]]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WordLists:
    """All that a text is looked up in.

    `common` are the words of the dictionary that are in every talk, `other_words` those of te reo and of medicine that
    the dictionary lacks.
    """

    dictionary: Dictionary = field(default_factory=Dictionary)
    common: Dictionary = field(default_factory=Dictionary)
    identifying: IdentifyingWords = field(default_factory=IdentifyingWords)
    other_words: frozenset[str] = frozenset()

    def is_word(self, folded: str) -> bool:
        """Return whether a folded word is one of the dictionary, or another one that is known."""
        return folded in self.dictionary or folded in self.other_words


def parse_identifying_words(text: str) -> IdentifyingWords:
    """Parse a list of words that identify, TOML. Raise WordListError."""
    with foreign_errors(WordListError("not a list of words that identify")):
        data = tomllib.loads(text)
        if data["version"] != _VERSION:
            raise WordListError(f"not a list of version {_VERSION}")
        kinds = {**data["places"], **data["story"]}
        pairs = [(phrase, kind) for kind, listed in kinds.items() for phrase in phrases(str(listed))]
        capitals = [(phrase, "") for phrase in phrases(str(data["capitals"]["words"]))]
        abbreviations = str(data["capitals"]["abbreviations"]).casefold().split()
        return IdentifyingWords(_by_first(pairs), _by_first(capitals), frozenset(abbreviations))


def phrases(listed: str) -> list[Phrase]:
    """Return the phrases of a list with commas, folded."""
    found = (tuple(word.folded for word in name_words(one)) for one in listed.split(","))
    return [one for one in found if one]


def _by_first(pairs: Iterable[tuple[Phrase, str]]) -> dict[str, list[tuple[Phrase, str]]]:
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase, kind in sorted(pairs, key=lambda pair: -len(pair[0])):
        found.setdefault(phrase[0], []).append((phrase, kind))
    return found
