"""A text as the layers read it: its words, which of them are no words of the language, and what a layer suggests."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from balint_desktop.domain.deidentify.name_text import WordGap, has_no_case, name_words
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.deidentify.word_lists import WordLists
from balint_desktop.domain.folding import plain

JOINED = frozenset({WordGap.SPACE, WordGap.HYPHEN, WordGap.APOSTROPHE, WordGap.DOT})
PEOPLE_KIND = "people"
_ENGLISH = "en"
_LEAST_UNKNOWN = 3
_LONGEST_SHORT_FORM = 3
_ENDINGS = frozenset(("s", "d", "m", "t", "re", "ve", "ll"))
_SHORTEST_SHOUT = 2
_MACRONS = frozenset("āēīōūĀĒĪŌŪ\u0304")


class LayerText:
    """The words of a text beside the lists they are looked up in."""

    def __init__(self, text: str, lists: WordLists, language: str = _ENGLISH) -> None:
        self.text = text
        self.lists = lists
        self.language = language.partition("-")[0] or _ENGLISH
        self.words = name_words(text)
        self.folded = tuple(word.folded for word in self.words)
        self.no_case = has_no_case(self.words)
        self._capitals = self._capitals_by_place()
        self._kinds = self._kinds_by_place()
        self._listed = {one for place, (end, _) in self._kinds.items() for one in range(place, end)}
        self._peoples = {
            one for place, (end, kind) in self._kinds.items() if kind == PEOPLE_KIND for one in range(place, end)
        }

    @cached_property
    def lowered(self) -> str:
        """Return the text in lower case, each letter where it was: a rule for any case is found in it twice as fast."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(small if len(small := sign.lower()) == 1 else sign for sign in self.text)

    @cached_property
    def seen_small(self) -> frozenset[str]:
        """Return the words that the text also has without a capital."""
        return frozenset(word.folded for word in self.words if word.written[:1].islower())

    def suggestion(
        self, begin: int, end: int, layer: Layer, replacement: str, others: Iterable[str] = ()
    ) -> Suggestion:
        """Return a suggestion for a stretch of the text."""
        text = self.text[begin:end]
        rest = tuple(dict.fromkeys(other for other in others if other != replacement))
        return Suggestion(begin, end, layer, text, key_of(text), replacement, rest)

    def of_words(self, first: int, last: int, layer: Layer, replacement: str, others: Iterable[str] = ()) -> Suggestion:
        """Return a suggestion for words from `first` to before `last`."""
        return self.suggestion(self.words[first].begin, self.words[last - 1].end, layer, replacement, others)

    def folded_between(self, begin: int, end: int, most: int) -> list[str]:
        """Return the words around a stretch of its paragraph, the nearest first."""
        first = bisect_left(self.words, begin, key=lambda word: word.begin)
        last = bisect_left(self.words, end, key=lambda word: word.begin)
        before = [at for at in range(max(0, first - most), first) if not self._is_line_between(at, begin)]
        most_after = min(len(self.words), last + most)
        after = [at for at in range(last, most_after) if "\n" not in self.text[end : self.words[at].begin]]
        inside = list(range(first, last))
        near = sorted([*before, *after], key=lambda place: min(abs(place - first), abs(place - last + 1)))
        return [self.folded[place] for place in [*inside, *near]]

    def words_from(self, begin: int) -> int:
        """Return which is the first word that begins at a code point or after it."""
        return bisect_left(self.words, begin, key=lambda word: word.begin)

    def at(self, place: int) -> str:
        """Return a word folded, nothing beyond the text's ends."""
        return self.folded[place] if 0 <= place < len(self.folded) else ""

    def joins(self, place: int) -> bool:
        """Return whether a word goes on from the one before it: no sign but a space, hyphen or apostrophe between."""
        return 0 < place < len(self.words) and self.words[place].gap in JOINED

    def is_capital(self, place: int) -> bool:
        """Return whether a word is written with a capital, where that says something."""
        return 0 <= place < len(self.words) and self.words[place].is_capital and not self.no_case

    def is_word(self, place: int) -> bool:
        """Return whether a word is known: of the language, an abbreviation, or the end of one with an apostrophe."""
        folded = self.folded[place]
        # A macron makes it no word of English: "hōne" is no whetstone.
        known = folded in self.lists.other_words if self._has_macron(place) else self.lists.is_word(folded)
        return (
            known or folded in self.lists.identifying.abbreviations or self.is_ending(place) or self.has_negation(place)
        )

    def _has_macron(self, place: int) -> bool:
        return not _MACRONS.isdisjoint(self.words[place].written)

    def is_ending(self, place: int) -> bool:
        """Return whether a word is what follows an apostrophe: 's, 're."""
        return self.folded[place] in _ENDINGS and self.words[place].gap is WordGap.APOSTROPHE

    def has_negation(self, place: int) -> bool:
        """Return whether a word is the beginning of don't, didn't."""
        return self.at(place + 1) == "t" and self.words[place + 1].gap is WordGap.APOSTROPHE

    def is_unknown(self, place: int) -> bool:
        """Return whether a word of three letters or more is none of the language, nor one that is allowed."""
        return (
            len(self.folded[place]) >= _LEAST_UNKNOWN
            and self.has_dictionary
            and not self.is_word(place)
            and not self.is_allowed(place)
        )

    def is_rare(self, place: int) -> bool:
        """Return whether a word is one of the language that few talks have."""
        folded = self.folded[place]
        return (
            len(folded) > _LEAST_UNKNOWN
            and folded in self.lists.dictionary
            and folded not in self.lists.common
            and not self.is_allowed(place)
        )

    @property
    def has_dictionary(self) -> bool:
        """Return whether there are words of the text's language to look up."""
        return bool(self.lists.dictionary) and self.language == _ENGLISH

    def is_allowed(self, place: int) -> bool:
        """Return whether a word is one that is written with a capital and says neither who nor where."""
        return place in self._capitals

    def is_shouted(self, place: int) -> bool:
        """Return whether a word is written in capitals alone."""
        written = self.words[place].written
        return len(written) >= _SHORTEST_SHOUT and written.isupper() and not self.no_case

    def kind_at(self, place: int) -> tuple[int, str] | None:
        """Return where a listed phrase that begins with a word ends, and its kind."""
        return self._kinds.get(place)

    def is_listed(self, place: int) -> bool:
        """Return whether a word is part of a listed phrase."""
        return place in self._listed

    def is_of_a_people(self, place: int) -> bool:
        """Return whether a word says which people, language or faith somebody belongs to: a note is made of it."""
        return place in self._peoples

    def _is_line_between(self, place: int, begin: int) -> bool:
        return "\n" in self.text[self.words[place].end : begin]

    def _kinds_by_place(self) -> dict[int, tuple[int, str]]:
        found = {}
        listed = self.lists.identifying.kinds
        for place, word in enumerate(self.folded):
            for phrase, kind in listed.get(word, ()):
                is_of_longer = self._capitals.get(place, 0) > len(phrase)
                if self._is_phrase(place, phrase) and not is_of_longer and self._is_name_here(place, phrase):
                    found[place] = (place + len(phrase), kind)
                    break
        return found

    def _is_name_here(self, place: int, phrase: Sequence[str]) -> bool:
        """Return whether a listed phrase counts: in any case, but with a capital where it is a single common word."""
        if len(phrase) == 1 and len(phrase[0]) <= _LONGEST_SHORT_FORM:
            return self.is_shouted(place)
        if self.no_case or self.words[place].is_capital:
            is_common = len(phrase) == 1 and phrase[0] in self.lists.dictionary
            return not (is_common and (self.no_case or (self.words[place].is_first and phrase[0] in self.seen_small)))
        return any(one not in self.lists.dictionary for one in phrase)

    def _capitals_by_place(self) -> dict[int, int]:
        """Return the words of phrases that say neither who nor where, each with the length of its phrase in words."""
        found: dict[int, int] = {}
        listed = self.lists.identifying.capitals
        for place, word in enumerate(self.folded):
            for phrase, _ in listed.get(word, ()):
                if self._is_phrase(place, phrase):
                    found |= {one: max(found.get(one, 0), len(phrase)) for one in range(place, place + len(phrase))}
                    break
        return found

    def _is_phrase(self, place: int, phrase: Sequence[str]) -> bool:
        end = place + len(phrase)
        return self.folded[place:end] == tuple(phrase) and all(self.joins(one) for one in range(place + 1, end))


def key_of(text: str) -> str:
    """Return what is the same for all of a word: folded, without its possessive, single spaces."""
    folded = " ".join(plain(text).split()).strip(" .,;:!?\"'()")
    letters = [word.folded for word in name_words(text)]
    if len(letters) > 1 and all(len(one) == 1 for one in letters) and "".join(letters).isalpha():
        return "".join(letters)
    return folded.removesuffix("'s") or text
