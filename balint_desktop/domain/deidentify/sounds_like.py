"""Words that sound or look like a name of the roster: a layer of suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.layer_text import LayerText
from balint_desktop.domain.deidentify.name_text import name_words
from balint_desktop.domain.deidentify.name_words import PARTICLES
from balint_desktop.domain.deidentify.named_things import NAME, PLACE
from balint_desktop.domain.deidentify.patterns import BEFORE_A_MONTH, DATE, MONTHS, WEEKDAYS
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.values import ParticipantCode

LOOKS_ALIKE = 0.90
SOUNDS_ALIKE = 0.45
_SHORT_SOUND, _SHORT_SOUNDS_ALIKE = 2, 0.5
LISTED_LOOKS_ALIKE = 0.85
_LEAST = 4
# Four replacements are offered: a place is among them.
_MOST_CODES = 2
_PREFIX = 4
_PREFIX_WEIGHT = 0.1
# Spelling to sound, in this order: what is heard alike is spelt alike. Irish names first, which no English rule reads.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^sio?bh|^siob|^chev|^sh[aei]+v", "ʃv"),
        (r"^sea[gn]h?|^shau?w?n|^sin[ei]ad", "ʃn"),
        (r"^niamh|^neav|^neev|^nieve|^neve", "nv"),
        (r"^ao[ij]?f+e?|^eef", "af"),
        (r"^caoimh|^keev|^quiv", "kv"),
        (r"^eoi?n|^owen", "an"),
        (r"^ng[uw]?y?[ei]n|^nw[aei]n|^win$|^wen$", "wn"),
        (r"bh|mh", "v"),
        (r"^x|^zh", "ʃ"),
        (r"^z|^hs", "s"),
        (r"^kn|^gn|^pn", "n"),
        (r"^wr", "r"),
        (r"wh|ph|v|gh(?=[^aeiou]|$)", "f"),
        (r"tch|ch|sh|ti[ao]|ci[ao]|sch|zh|j|dg", "ʃ"),
        (r"th", "t"),
        (r"ng", "n"),
        (r"qu?|c(?![eiy])|ck|kh", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])|z", "s"),
        (r"g", "k"),
        (r"d", "t"),
        (r"b", "p"),
        # Where this is spoken an r is heard before a vowel only.
        (r"(?<=[aeiou])r(?=[^aeiouy]|$)", ""),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiouy]h?", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def sounds_like_suggestions(text: LayerText, names: Sequence[KnownName]) -> Iterator[Suggestion]:
    """Yield words that are a name of the roster misspelt or misheard: with a capital, or no word of the language."""
    known = _known(names)
    if not known:
        return
    answers: dict[tuple[str, float], tuple[ParticipantCode, ...]] = {}
    for place, word in enumerate(text.words):
        folded = text.folded[place]
        if len(folded) < _LEAST or not _may_be_misheard(text, place):
            continue
        # A place that is on the list is more often that place.
        least = LISTED_LOOKS_ALIKE if text.is_listed(place) else 0.0
        if (folded, least) not in answers:
            answers[folded, least] = tuple(_alike(folded, known, least))
        if answers[folded, least]:
            first, *others = answers[folded, least]
            codes = [f"[{code}]" for code in (first, *others)]
            if folded in MONTHS:
                codes = [DATE, *codes] if text.at(place - 1) in BEFORE_A_MONTH else [codes[0], DATE, *codes[1:]]
            else:
                codes[_MOST_CODES:_MOST_CODES] = [PLACE]
            yield text.suggestion(word.begin, word.end, Layer.SOUNDS_LIKE, codes[0], (*codes[1:], NAME))


def _may_be_misheard(text: LayerText, place: int) -> bool:
    folded = text.folded[place]
    is_known = folded.removesuffix("s") in WEEKDAYS or folded in text.lists.identifying.abbreviations
    if is_known or text.is_allowed(place) or text.has_negation(place):
        return False
    if text.is_capital(place):
        word = text.words[place]
        is_common = word.is_first and (text.is_word(place) or text.folded[place] in text.seen_small)
        return not is_common
    return text.is_unknown(place)


def _known(names: Iterable[KnownName]) -> list[tuple[str, str, ParticipantCode]]:
    """Return the parts of all names, and two parts as one, each with its sound."""
    found: dict[tuple[str, ParticipantCode], None] = {}
    for one in names:
        for called in (one.name, *one.short_names):
            words = [word.folded for word in name_words(called)]
            found.update({(word, one.code): None for word in words if word not in PARTICLES})
            found.update({(first + second, one.code): None for first, second in pairwise(words)})
    return [(word, sound_of(word), code) for word, code in found if len(word) >= _LEAST - 1]


def _alike(
    word: str, known: Iterable[tuple[str, str, ParticipantCode]], listed: float = 0.0
) -> Iterator[ParticipantCode]:
    sound = sound_of(word)
    scored = []
    for name, name_sound, code in known:
        is_heard = sound == name_sound and len(sound) >= _SHORT_SOUND and min(len(word), len(name)) >= _LEAST
        if not (is_heard or _may_look_alike(word, name)):
            continue
        likeness = jaro_winkler(word, name)
        least = _SHORT_SOUNDS_ALIKE if len(sound) == _SHORT_SOUND else SOUNDS_ALIKE
        if likeness >= LOOKS_ALIKE or (is_heard and likeness >= max(least, listed)):
            scored.append((-likeness, code))
    yield from dict.fromkeys(code for _, code in sorted(scored))


def _may_look_alike(one: str, other: str) -> bool:
    """Return whether two words have enough letters in common to look alike: most have not, which spares the measure."""
    common = sum(sign in other for sign in one)
    most = (common / len(one) + min(common / len(other), 1.0) + 1.0) / 3
    return most + _PREFIX * _PREFIX_WEIGHT * (1 - most) >= LOOKS_ALIKE


@lru_cache(maxsize=4096)
def sound_of(word: str) -> str:
    """Return about how a folded word sounds: its consonants, and whether it begins with a vowel."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


def jaro_winkler(one: str, other: str) -> float:
    """Return how alike two words are written, 0 to 1: letters in common and in order, the first four counting more."""
    if one == other:
        return 1.0
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    ours = []
    for at, sign in enumerate(one):
        for there in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if not taken[there] and other[there] == sign:
                taken[there] = True
                ours.append(sign)
                break
    common = len(ours)
    if not common:
        return 0.0
    theirs = [sign for sign, is_taken in zip(other, taken, strict=True) if is_taken]
    swapped = sum(a != b for a, b in zip(ours, theirs, strict=True)) // 2
    likeness = (common / len(one) + common / len(other) + (common - swapped) / common) / 3
    prefix = 0
    for a, b in zip(one[:_PREFIX], other[:_PREFIX], strict=False):
        if a != b:
            break
        prefix += 1
    return likeness + prefix * _PREFIX_WEIGHT * (1 - likeness)
