"""Search the pages of Help: words as prefixes, in any script, whatever their accents and capitals.

All words of a search must be on a page, in its title or among its keywords. Pages with more of them in the title come
first, then those with more in headings, then those with more in the text; among equals, the order of Help. An umlaut
may be typed as two letters. Words that every page has, such as "the", are looked for but not highlighted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from balint_desktop.domain.help.page import BlockKind, HelpPage, plain

# Letters that Unicode does not take apart into a base and an accent.
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# As an umlaut is typed on a keyboard that has none.
_TWO_LETTERS = re.compile(r"([aou])e(?=\w)")
_EXCERPT = 160
_LEAD_IN = 50

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text, and where in it the words of the search are."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page that has every word of a search: its title and the paragraph with most of them."""

    page: HelpPage
    title: Excerpt
    excerpt: Excerpt


def fold(text: str) -> str:
    """Return text without accents and capitals."""
    return "".join(map(_folded_sign, text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a search, folded, each once."""
    folded = fold(text)
    runs = "".join(sign if _is_of_word(sign) else " " for sign in folded).split()
    return tuple(dict.fromkeys(runs))


def search(pages: Iterable[HelpPage], text: str) -> list[Found]:
    """Return the pages with every word of a search, the best first; none for a search without words."""
    pages = tuple(pages)
    words = _as_spelt(pages, words_of(text))
    if not words:
        return []
    ranked = [(rank, page) for page in pages if (rank := _rank(page, words)) is not None]
    # Sorting is stable: equals stay in the order of Help.
    ranked.sort(key=lambda each: each[0], reverse=True)
    shown = highlighted_words(pages, text)
    return [_found(page, words, shown) for _, page in ranked]


def highlighted_words(pages: Sequence[HelpPage], text: str) -> tuple[str, ...]:
    """Return the words of a search to highlight: those that not every page has, or all where there are no others."""
    words = _as_spelt(pages, words_of(text))
    return tuple(word for word in words if _count_pages(pages, word) < len(pages)) or words


def _as_spelt(pages: Sequence[HelpPage], words: Iterable[str]) -> tuple[str, ...]:
    """Return words with two letters for an umlaut as one, where no page has them as typed."""
    return tuple(word if _count_pages(pages, word) else _TWO_LETTERS.sub(r"\1", word) for word in words)


def _count_pages(pages: Sequence[HelpPage], word: str) -> int:
    return sum(any(spans_of(plain(text), [word]) for text in _searched(page)) for page in pages)


def _searched(page: HelpPage) -> tuple[str, ...]:
    return (*page.texts(), page.keywords)


def spans_of(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Return where words of a search begin a word of a text: spans that do not overlap, in order.

    In scripts that write no spaces or join a word to the next, a match may begin at any letter.
    """
    signs, at, starts = _folded_with_places(text)
    found = sorted({(place, place + len(word)) for word in words for place in _places(signs, word) if place in starts})
    spans: list[Span] = []
    for first, after in found:
        end = at[after - 1] + 1
        # Accents written as signs of their own belong to the letter before them.
        while end < len(text) and not _folded_sign(text[end]) and unicodedata.combining(text[end]):
            end += 1
        if spans and at[first] < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((at[first], end))
    return tuple(spans)


def _rank(page: HelpPage, words: Sequence[str]) -> tuple[int, int, int] | None:
    """Return how well a page answers, larger is better; None where a word is missing."""
    heading = " ".join(block.text for block in page.blocks if block.kind is BlockKind.HEADING)
    body = " ".join(plain(text) for text in _searched(page))
    counts = [len(spans_of(body, [word])) for word in words]
    if not all(counts):
        return None
    return _has(page.title, words), _has(heading, words), sum(counts)


def _has(text: str, words: Sequence[str]) -> int:
    return sum(bool(spans_of(text, [word])) for word in words)


def _found(page: HelpPage, words: Sequence[str], shown: Sequence[str]) -> Found:
    # Found by a keyword alone, a page shows how it begins.
    texts = sorted(
        (block for block in page.blocks if block.kind is not BlockKind.LINK),
        key=lambda block: block.kind in {BlockKind.HEADING, BlockKind.PICTURE},
    )
    best = max(
        (plain(block.text) for block in texts), key=lambda text: (_has(text, shown), _has(text, words)), default=""
    )
    return Found(page, Excerpt(page.title, spans_of(page.title, shown)), _excerpt(best, shown))


def _excerpt(text: str, words: Sequence[str]) -> Excerpt:
    """Return a stretch of the text around the first hit, from word to word."""
    spans = spans_of(text, words)
    first = spans[0][0] if spans else 0
    begin = 0
    if first > _LEAD_IN and len(text) > _EXCERPT:
        begin = text.find(" ", first - _LEAD_IN, first) + 1 or first
    end = len(text)
    if end - begin > _EXCERPT:
        end = text.rfind(" ", begin, begin + _EXCERPT)
        end = end if end > first else begin + _EXCERPT
    shown = f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"
    return Excerpt(shown, spans_of(shown, words))


def _places(signs: str, word: str) -> Iterator[int]:
    place = signs.find(word)
    while place >= 0:
        yield place
        place = signs.find(word, place + 1)


@lru_cache(maxsize=2048)
def _folded_with_places(text: str) -> tuple[str, tuple[int, ...], frozenset[int]]:
    """Return the folded text, for each of its signs the place in the text it comes from, and where words begin in it.

    Of each text once: every letter typed into the search asks for all texts of Help.
    """
    folded = [_folded_sign(sign) for sign in text]
    places = chain.from_iterable([place] * len(signs) for place, signs in enumerate(folded))
    signs = "".join(folded)
    return signs, tuple(places), frozenset(place for place in range(len(signs)) if _begins_word(signs, place))


def _folded_sign(sign: str) -> str:
    apart = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in apart if unicodedata.category(part) != "Mn").translate(_FOLDED)


def _begins_word(signs: str, place: int) -> bool:
    if not _is_of_word(signs[place]):
        return False
    return place == 0 or unicodedata.category(signs[place]) == "Lo" or not _is_of_word(signs[place - 1])


def _is_of_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"
