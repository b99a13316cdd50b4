"""How alike an English model's word and a word of te reo sound: to offer spellings, never to change a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from balint_desktop.domain.transcript import folding

LEAST_ALIKE = 0.78
"""Two words sound alike from here on; 1 is the same. Below it, more than one word in twenty of an English text sounds
like one of the list; above it, plain misspellings such as farno for whānau do not (both measured in the tests)."""

# Ten consonants, five vowels: what te reo has. What English has beside is heard as the nearest of them.
_VOWELS = "aeiou"
_VOWEL_WEIGHT = 0.5
_NEAR_VOWELS = frozenset(frozenset(pair) for pair in ("ei", "ou", "ao", "au"))
_NEAR = 0.5
_NEAR_PAIRS = frozenset(
    # A tapped r is heard as d or l; wh and w as f, v or h; the nose as any of three.
    frozenset(pair)
    for pair in ("rt", "fw", "fh", "hw", "mn")
)
# English spelling to sound, in this order. A vowel with r, and l at the end, are vowels to whoever speaks so here.
_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1\1"),
        (r"([^aeo])\1", r"\1"),
        (r"igh|eye", "ai"),
        (r"ph", "f"),
        (r"ch|tch|j|th|d", "t"),
        (r"qu", "ku"),
        (r"x", "ks"),
        (r"gh", ""),
        (r"n[gc](?=[^aeiouy]|$)|ng", "n"),
        (r"c(?=[eiy])|sh|z", "s"),
        (r"[cgq]k?", "k"),
        (r"wh|ww", "w"),
        (r"v", "f"),
        (r"b", "p"),
        (r"ee|ea|ey$|ie$|y$", "i"),
        (r"oo|ew", "u"),
        (r"ou|ow", "au"),
        (r"aw|al(?=[^aeiou])", "o"),
        (r"ar(?=[^aeiouy]|$)|er(?=[^aeiouy]|$)|ur(?=[^aeiouy]|$)|ah$", "a"),
        (r"or(?=[^aeiouy]|$)|oh$", "o"),
        (r"[aeo]l$", "o"),
        (r"l", "r"),
        (r"y", "i"),
        (r"(?<=[^aeiou])e$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word or phrase of a list, and its sound."""

    text: str
    sound: str


def spellings(texts: Iterable[str]) -> tuple[Spelling, ...]:
    """Return words of te reo with their sound: their letters say it."""
    return tuple(Spelling(text, _plain(text).replace("wh", "f").replace("ng", "n")) for text in texts)


def english_sound(text: str) -> str:
    """Return about how the letters of an English text sound, in the sounds of te reo."""
    sound = _plain(text)
    for pattern, by in _ENGLISH:
        sound = pattern.sub(by, sound)
    return sound


def likeness(one: str, other: str) -> float:
    """Return how alike two sounds are, 0 to 1. Consonants count more than vowels, and the first of all."""
    if not one or not other or not _begin_alike(one[0], other[0]):
        return 0.0
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _weight(sign))
    for sign in one:
        before, row = row, [row[0] + _weight(sign)]
        for at, wanted in enumerate(other, start=1):
            row.append(
                min(before[at] + _weight(sign), row[-1] + _weight(wanted), before[at - 1] + _difference(sign, wanted))
            )
    # A consonant in a vowel's place costs more than the vowel weighs.
    return max(0.0, 1.0 - row[-1] / max(sum(map(_weight, one)), sum(map(_weight, other))))


def sounds_like(text: str, among: Sequence[Spelling]) -> list[str]:
    """Return the spellings that a word, or two together, sounds like, the likest first."""
    sound, plain = english_sound(text), _plain(text)
    alike = ((1.0 if _plain(one.text) == plain else likeness(sound, one.sound), one.text) for one in among)
    return [spelling for _, spelling in sorted((-one, spelling) for one, spelling in alike if one >= LEAST_ALIKE)]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", folding.folded(text))


def _begin_alike(one: str, other: str) -> bool:
    if one in _VOWELS or other in _VOWELS:
        return one in _VOWELS and other in _VOWELS
    return _difference(one, other) < 1.0


@lru_cache(maxsize=64)
def _weight(sign: str) -> float:
    return _VOWEL_WEIGHT if sign in _VOWELS else 1.0


@lru_cache(maxsize=1024)
def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL_WEIGHT / 2 if frozenset((one, other)) in _NEAR_VOWELS else _VOWEL_WEIGHT
    return _NEAR if frozenset((one, other)) in _NEAR_PAIRS else 1.0
