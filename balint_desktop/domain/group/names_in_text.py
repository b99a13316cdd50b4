"""Find a roster's names in a text: as whole words, without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from balint_desktop.domain.group.roster import Person

# Names that are also words count where they are written as names only: with a capital, and not as the first word
# before one that makes it a verb or a filler. A memo may say "hope" (practice of anonymising transcripts).
_ALSO_WORDS = frozenset(
    "ace amber angel april art august autumn baker banks basil bay bean berry best bill bird bishop black"
    " blue bob bond book brook brooks brown bush case cash chance charity chase cherry church cliff cole colt"
    " constance cook cooper cross crystal daisy dale dawn day dean destiny dolly drake drew duke earl ernest faith"
    " farmer ferry field fields finch fisher flower ford fox frank frost ginger glen gold good grace grant gray"
    " green grey guy hall harmony heath heather hill holly honor honour hood hope house hunter iris ivy jack jade"
    " jay joy june justice king knight lake lamb lane lily little long love mark marsh mason max may mercy miles"
    " miller moon moss nick night noble north olive page park parker parks pat patience peace pearl penny pope"
    " potter price prince prudence ray reed rich river rob robin rock rose ruby rush sage sandy sharp shepherd"
    " short silver sky small smart snow song south star stone strong sue summer summers sun swan swift taylor tear"
    " tender trinity turner victor victory viola violet wade walker ward waters weaver west white will winter wise"
    " wolf wood woods young".split()
)
# As the first word of a sentence these are hardly ever a name: there they count only beside another part of it.
_HARDLY_NAMES = frozenset(
    "an ah any as be bo by can do he her him hy in it ma me my no or see she so to up we you".split()
)
# After a word that may be a verb or a month, these make it one: "Will we…", "May I…", "Mark the…"
_AFTER_A_WORD = frozenset(
    "i you he she it we they this that these those there the a an my your his her its our their anyone someone everyone"
    " nobody somebody one of to for in on at not".split()
)
# Parts of a name that are nobody's alone.
_PARTICLES = frozenset(
    "al ap bin bint da dal das de del della den der des di do dos du el ibn la las le les lo los mac mc of st te ten"
    " ter the und van von zu zum zur y".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ\u200c\u200d\u0300-\u036f][^\W\d_]+)*[\u0300-\u036f]*")
_SENTENCE_ENDS = '.!?…:\n•–—-("“„«'


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: as written, folded, and whether it is the first of a sentence."""

    written: str
    folded: str
    is_first: bool


def names_in(text: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Return the words of a text that name one of these people, as written, each once and in order."""
    parts = [_parts(name) for person in people for name in (person.name, *person.short_names)]
    known = frozenset(part for name in parts for part in name)
    words = list(_words(text))
    found = [word.written for place, word in enumerate(words) if _is_name(words, place, known)]
    found += [name for name in _unspaced(parts) if name in unicodedata.normalize("NFC", text)]
    return tuple(dict.fromkeys(found))


def _is_name(words: list[_Word], place: int, known: frozenset[str]) -> bool:
    word = words[place]
    if word.folded not in known:
        return False
    before = words[place - 1].folded if place and not word.is_first else ""
    after = words[place + 1] if place + 1 < len(words) and not words[place + 1].is_first else None
    is_capital = word.written[:1].isupper()
    if is_capital and (
        before in known or (after is not None and after.written[:1].isupper() and after.folded in known)
    ):
        return True
    if word.folded in _HARDLY_NAMES:
        return is_capital and not word.is_first
    if word.folded in _ALSO_WORDS:
        makes_a_word = after is not None and after.folded in _AFTER_A_WORD
        return is_capital and not (word.is_first and makes_a_word)
    return True


def _words(text: str) -> Iterator[_Word]:
    composed = unicodedata.normalize("NFC", text)
    end = 0
    for number, found in enumerate(_WORD.finditer(composed)):
        between = composed[end : found.start()]
        is_first = number == 0 or any(sign in _SENTENCE_ENDS for sign in between)
        # A hyphen within a name begins no sentence.
        if between == "-":
            is_first = False
        written = _without_possessive(found.group())
        yield _Word(written, _folded(written), is_first)
        end = found.end()


def _without_possessive(word: str) -> str:
    return word[:-2] if word[-2:].casefold() in {"'s", "’s"} and len(word) > 2 else word


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name that name somebody alone, folded."""
    folded = (_folded(part) for part in _WORD.findall(unicodedata.normalize("NFC", name)))
    return tuple(part for part in folded if len(part) > 1 and part not in _PARTICLES)


def _unspaced(names: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the parts in scripts that put no spaces between words."""
    return [part for name in names for part in name if len(part) > 1 and all(_is_ideograph(sign) for sign in part)]


def _is_ideograph(sign: str) -> bool:
    return "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af"


def _folded(word: str) -> str:
    """Return a word without case, accents, joiners, and with one kind of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign) and sign not in "\u200c\u200d")
    return unicodedata.normalize("NFC", re.sub("[’ʻʼ]", "'", plain))
