"""A list of words with their right spelling: what is offered from it, and what nothing may replace by the way."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.transcript import folding
from balint_desktop.domain.transcript.editing import FoundPhrase
from balint_desktop.domain.transcript.sounding import Spelling, sounds_like, spellings
from balint_desktop.domain.transcript.transcript import Transcript, terms

MOST_OFFERS = 4

_VERSION = 1
_GROUPS = ("people", "values", "meeting", "health", "talk")


class SpellingListError(ValueError):
    """A text is no list of spellings."""


@dataclass(frozen=True)
class SpellingList:
    """Words and phrases as they are spelt. `heard` leads from what a model wrote, folded, to one of them.

    `prompt` are the words that a second hearing begins with. `is_reviewed` says whether a speaker has read the list.
    """

    words: tuple[str, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)
    prompt: tuple[str, ...] = ()
    is_reviewed: bool = False

    @cached_property
    def _spellings(self) -> tuple[Spelling, ...]:
        return spellings(self.words)

    @cached_property
    def _words_alone(self) -> frozenset[str]:
        return frozenset(folding.spelt(one) for one in self.words)

    def offers(self, written: str, before: Iterable[str] = ()) -> tuple[str, ...]:
        """Return at most four spellings for what a model wrote, a word or two: the likeliest first, none that it is.

        `before` is what a person made of the same word elsewhere in the text, and comes first.
        """
        said = self.heard.get(_key(written))
        found = [*before, *([said] if said is not None else []), *sounds_like(written, self._spellings)]
        return tuple(dict.fromkeys(one for one in found if folding.spelt(one) != folding.spelt(written)))[:MOST_OFFERS]

    def has(self, word: str) -> bool:
        """Return whether a word is one of the list as it is spelt, whatever its case and the signs around it."""
        return folding.spelt(word) in self._words_alone

    def not_replaced(
        self, transcript: Transcript, places: Sequence[FoundPhrase], phrase: str
    ) -> tuple[FoundPhrase, ...]:
        """Return those places that replacing a phrase must leave as they are.

        They are words of the list, spelt right, that were found by another spelling or by a part of them only.
        """
        wanted = " ".join(terms(phrase))
        found = []
        for one in places:
            text = " ".join(word.text for word in transcript.turn(one.turn_id).words[one.first : one.last])
            if self.has(text) and folding.spelt(text) != folding.spelt(wanted):
                found.append(one)
        return tuple(found)


def parse_spellings(text: str) -> SpellingList:
    """Parse a list of spellings, TOML. Raise SpellingListError."""
    with foreign_errors(SpellingListError("not a list of spellings")):
        data = tomllib.loads(text)
        if data["version"] != _VERSION or not set(data) <= {"version", "reviewed", "prompt", "heard", *_GROUPS}:
            raise SpellingListError(f"not a list of version {_VERSION}")
        words = tuple(str(one) for group in _GROUPS for one in data[group])
        heard = {_key(str(written)): str(meant) for written, meant in data["heard"].items()}
        made = SpellingList(words, heard, tuple(str(one) for one in data["prompt"]), data["reviewed"] is True)
    if len({folding.spelt(one) for one in words}) < len(words):
        raise SpellingListError("a word stands twice")
    if any(" ".join(terms(one)) != one for one in words):
        raise SpellingListError("a word is not composed, or has a space too many")
    if not {*heard.values(), *made.prompt} <= set(words):
        raise SpellingListError("what is heard or prompted is none of the words")
    return made


def _key(text: str) -> str:
    """Return what was written as it is looked up: without case, accents, hyphens and the signs around each word."""
    return " ".join(folding.bare(one) for one in text.replace("-", " ").split())
