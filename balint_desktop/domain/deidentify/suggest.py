"""What in a text may identify, by all layers: no two in the same place, in order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from balint_desktop.domain.deidentify.ages import age_suggestions, number_suggestions
from balint_desktop.domain.deidentify.capitals import capital_suggestions
from balint_desktop.domain.deidentify.known_names import KnownName, find_names_heard
from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.name_text import name_words
from balint_desktop.domain.deidentify.name_words import ARTICLES, GIVEN_NAMES
from balint_desktop.domain.deidentify.named_things import NAME, PEOPLE, PLACE, named_thing_suggestions
from balint_desktop.domain.deidentify.patterns import (
    BEFORE_A_MONTH,
    DATE,
    MONTHS,
    address_suggestions,
    pattern_suggestions,
)
from balint_desktop.domain.deidentify.sounds_like import sounds_like_suggestions
from balint_desktop.domain.deidentify.stories import story_suggestions
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.deidentify.word_lists import WordLists
from balint_desktop.domain.folding import plain, plain_with_places
from balint_desktop.domain.transcript.spans import Span, merged

# What a person or this program has put in brackets is no more to be found.
_LEAST_IN_ADDRESS = 4
_IN_BRACKETS = re.compile(r"\[[^\[\]\n]{1,60}\]")
# Of two that are as long, the one that says more.
_ORDER = (
    Layer.ROSTER,
    Layer.NAME_OR_WORD,
    Layer.MARKED,
    Layer.SOUNDS_LIKE,
    Layer.PATTERN,
    Layer.NUMBER,
    Layer.DOUBT,
    Layer.CAPITAL,
    Layer.STORY,
)


def suggest(
    text: str,
    names: Sequence[KnownName],
    lists: WordLists,
    *,
    fixed: Iterable[Span] = (),
    doubtful: Iterable[Span] = (),
    phrases: Iterable[str] = (),
    decided: Iterable[str] = (),
    language: str = "en",
) -> tuple[Suggestion, ...]:
    """Return what may identify, none within another, in order of the text.

    Names of the roster go before phrases that a person marked, these before the rest, of which the longest stay: among
    them words that were `decided` to be replaced, which a layer may have missed here.
    Nothing is found within `fixed` and within brackets. `doubtful` are words that the engine doubted.
    """
    read = LayerText(text, lists, language)
    chosen = _Chosen([*fixed, *(found.span() for found in _IN_BRACKETS.finditer(text))])
    roster = list(_roster(read, names))
    chosen.add(_longest_first(_named_addresses(read, names, roster)))
    chosen.add(roster)
    chosen.add(_longest_first(_marked(read, phrases)))
    named = list(named_thing_suggestions(read))
    rest = [
        *sounds_like_suggestions(read, names),
        *pattern_suggestions(read),
        *named,
        *_named_again(read, named),
        *age_suggestions(read),
        *number_suggestions(read),
        *_doubted(read, doubtful),
    ]
    rest += _without_runs(capital_suggestions(read), rest)
    chosen.add(_longest_first([*rest, *_decided(read, decided, rest)]))
    chosen.add(_longest_first(story_suggestions(read)))
    return chosen.in_order()


def _longest_first(found: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(found, key=lambda one: (one.begin - one.end, _ORDER.index(one.layer), one.begin))


def _without_runs(found: Iterable[Suggestion], known: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield words with a capital, but no run of them in which one is more than that: it would hide whose name it is."""
    begins = {one.begin for one in known if one.layer in {Layer.SOUNDS_LIKE, Layer.DOUBT}}
    for one in found:
        if begins.isdisjoint(range(one.begin, one.end)):
            yield one


class _Chosen:
    """Suggestions that do not overlap: what was added first stays."""

    def __init__(self, fixed: Iterable[Span]) -> None:
        spans = merged(fixed)
        self._begins = [begin for begin, _ in spans]
        self._ends = [end for _, end in spans]
        self._found: list[Suggestion] = []

    def add(self, found: Iterable[Suggestion]) -> None:
        for one in found:
            at = bisect_right(self._ends, one.begin)
            if at < len(self._begins) and self._begins[at] < one.end:
                continue
            place = bisect_left(self._begins, one.begin)
            self._begins.insert(place, one.begin)
            self._ends.insert(place, one.end)
            self._found.append(one)

    def in_order(self) -> tuple[Suggestion, ...]:
        return tuple(sorted(self._found, key=lambda one: one.begin))


def _named_addresses(read: LayerText, names: Sequence[KnownName], roster: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Yield each e-mail or web address that holds a name of the roster, as a whole: what is left of it would tell."""
    letters = {
        part.folded
        for one in names
        for called in (one.name, *one.short_names)
        for part in name_words(called)
        if len(part.folded) >= _LEAST_IN_ADDRESS
    }
    for one in address_suggestions(read):
        touching = [each for each in roster if each.begin < one.end and one.begin < each.end]
        folded = "".join(filter(str.isalnum, plain(one.text)))
        if touching or any(part in folded for part in letters):
            begin = min((one.begin, *(each.begin for each in touching)))
            end = max((one.end, *(each.end for each in touching)))
            yield read.suggestion(begin, end, Layer.ROSTER, one.replacement)


def _roster(read: LayerText, names: Sequence[KnownName]) -> Iterator[Suggestion]:
    for one in find_names_heard(read.text, read.words, names):
        layer = Layer.NAME_OR_WORD if one.is_word else Layer.ROSTER
        first = read.words_from(one.begin)
        is_date = read.folded[first] in MONTHS and one.is_word
        code, others = f"[{one.code}]", (DATE, NAME) if is_date else (NAME,)
        if is_date and read.at(first - 1) in BEFORE_A_MONTH:
            code, others = DATE, (code, NAME)
        yield read.suggestion(one.begin, one.end, layer, code, others)


def _marked(read: LayerText, phrases: Iterable[str]) -> Iterator[Suggestion]:
    """Yield each place of a phrase that a person had replaced, whatever its case and accents."""
    wanted = dict.fromkeys(folded for phrase in phrases if (folded := " ".join(plain(phrase).split())))
    if not wanted:
        return
    folded, places = plain_with_places(read.text)
    for phrase in wanted:
        pattern = r"\s+".join(map(re.escape, phrase.split()))
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", folded):
            end = max(places[found.end()], places[found.end() - 1] + 1) if found.end() < len(folded) else len(read.text)
            begin = places[found.start()]
            text = read.text[begin:end].rstrip()
            yield read.suggestion(begin, begin + len(text), Layer.MARKED, NAME, (PLACE, "[organisation]"))


def _decided(read: LayerText, terms: Iterable[str], known: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield words that were replaced elsewhere, where no layer found just them; common ones with a capital only."""
    spans = {(one.begin, one.end) for one in known}
    begins = [word.begin for word in read.words]
    for one in _marked(read, terms):
        if (one.begin, one.end) in spans:
            continue
        first, last = bisect_left(begins, one.begin), bisect_left(begins, one.end)
        are_common = all(map(read.is_word, range(first, last)))
        is_name = read.is_capital(first) and not read.words[first].is_first
        if is_name or not are_common:
            yield one


def _named_again(read: LayerText, named: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield, in speech without capitals, the names by which somebody was called elsewhere in the text."""
    if not read.no_case:
        return
    called = {
        word.folded for one in named if NAME in one.others or one.replacement == NAME for word in name_words(one.text)
    }
    known = called & GIVEN_NAMES
    for place, folded in enumerate(read.folded):
        if folded in known and read.at(place - 1) not in ARTICLES:
            yield read.of_words(place, place + 1, Layer.CAPITAL, NAME, PEOPLE)


def _doubted(read: LayerText, doubtful: Iterable[Span]) -> Iterator[Suggestion]:
    """Yield words the engine doubted, where they are written as a name, or stand after a title."""
    spans = list(doubtful)
    if not spans:
        return
    titled = {one.begin for one in named_thing_suggestions(read)}
    begins = [word.begin for word in read.words]
    for begin, end in spans:
        first, last = bisect_left(begins, begin), bisect_left(begins, end)
        for place in range(first, last):
            word = read.words[place]
            is_name = read.is_capital(place) and not read.is_allowed(place) and len(word.folded) > 1
            is_common = word.is_first and read.is_word(place)
            if (is_name and not is_common) or (place and read.words[place - 1].begin in titled):
                yield read.of_words(place, place + 1, Layer.DOUBT, NAME, (PLACE,))
