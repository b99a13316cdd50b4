"""Spellings that are offered for a doubtful place of a text, and the text with one that a person chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balint_desktop.domain.transcript import editing, folding
from balint_desktop.domain.transcript.editing import FoundPhrase
from balint_desktop.domain.transcript.second_hearing import PlaceToHear
from balint_desktop.domain.transcript.spelling_list import MOST_OFFERS, SpellingList
from balint_desktop.domain.transcript.transcript import Transcript, Turn, WordKind, ends_sentence

_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A spelling for words of a turn, from one to before another. `written` are those words as they are now."""

    text: str
    turn_id: int
    first: int
    last: int
    written: str


def offers_for(
    turn: Turn,
    place: PlaceToHear,
    spelling: SpellingList,
    typed: Mapping[str, tuple[str, ...]],
    heard: Iterable[str] = (),
) -> tuple[Offer, ...]:
    """Return at most four spellings for a place of one or two words, or for a doubtful word with a doubtful neighbour.

    `typed` is what a person made of the same words before; `heard` is what a second hearing wrote for the place.
    """
    spoken = turn.words[place.first : place.last]
    if len(spoken) > _MOST_WORDS or any(word.kind is not WordKind.SPOKEN for word in spoken):
        return ()
    before = [one for text in heard for one in spelling.offers(text)]
    found = _offers_of(turn, (place.first, place.last), spelling, typed, before)
    if len(spoken) == 1:
        for first in (place.first - 1, place.first):
            pair = turn.words[max(first, 0) : first + 2]
            if len(pair) == _MOST_WORDS and all(word.is_doubtful for word in pair):
                found += _offers_of(turn, (first, first + 2), spelling, typed)
    return tuple({one.text: one for one in reversed(found)}.values())[::-1][:MOST_OFFERS]


def with_offer(transcript: Transcript, offer: Offer) -> Transcript:
    """Return the text with an offer: the signs around the words stay, their times too, and no doubt. Raise KeyError."""
    return editing.replaced(
        transcript, [FoundPhrase(offer.turn_id, offer.first, offer.last)], offer.written, offer.text
    )


def _offers_of(
    turn: Turn,
    words: tuple[int, int],
    spelling: SpellingList,
    typed: Mapping[str, tuple[str, ...]],
    before: Iterable[str] = (),
) -> list[Offer]:
    first, last = words
    written = " ".join(folding.trimmed(word.text) for word in turn.words[first:last])
    if not written:
        return []
    starts = first == 0 or ends_sentence(turn.words[first - 1].text)
    found = spelling.offers(written, (*typed.get(folding.bare(written), ()), *before))
    return [
        Offer(text[:1].upper() + text[1:] if starts and written[:1].isupper() else text, turn.id, first, last, written)
        for text in found
    ]
