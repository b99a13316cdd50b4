"""What of a transcript still needs a person: doubtful words, stretches without words, unknown speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, WordKind


class Need(StrEnum):
    """Why a place is to be looked at."""

    DOUBTFUL = "doubtful"
    NOT_UNDERSTOOD = "not-understood"
    NO_WORDS = "no-words"
    UNCLEAR = "unclear"
    OTHER_LANGUAGE = "other-language"
    SPEAKER = "speaker"


_NEED_OF = {
    WordKind.NOT_UNDERSTOOD: Need.NOT_UNDERSTOOD,
    WordKind.NO_WORDS: Need.NO_WORDS,
    WordKind.UNCLEAR: Need.UNCLEAR,
    WordKind.OTHER_LANGUAGE: Need.OTHER_LANGUAGE,
}
TO_LISTEN = frozenset({Need.DOUBTFUL, Need.NOT_UNDERSTOOD, Need.NO_WORDS})
"""Needs that the key for the next place goes to: the others are decisions that a person has made, or leaves."""


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place that needs a person: the turn's id, the word in it (None for the speaker), and when it begins."""

    need: Need
    turn_id: int
    at_word: int | None
    from_ms: int
    until_ms: int


def open_places(transcript: Transcript) -> Iterator[OpenPlace]:
    """Yield the places that need a person, in order."""
    for turn in transcript.turns:
        # Where nobody was understood, or nothing is written, there is no speaker to name.
        if turn.speaker == UNKNOWN and any(word.kind is WordKind.SPOKEN for word in turn.words):
            yield OpenPlace(Need.SPEAKER, turn.id, None, turn.from_ms, turn.until_ms)
        for at, word in enumerate(turn.words):
            # Asked of every word of an hour after each edit: what is most often so is asked first.
            if word.kind is not WordKind.SPOKEN:
                need = _NEED_OF.get(word.kind)
            elif word.probability is not None and word.is_doubtful:
                need = Need.DOUBTFUL
            else:
                continue
            if need is not None:
                yield OpenPlace(need, turn.id, at, word.from_ms, word.until_ms)


def count_needs(transcript: Transcript) -> Counter[Need]:
    """Return how many places there are of each need."""
    return Counter(place.need for place in open_places(transcript))


def next_to_listen(transcript: Transcript, after_ms: int) -> OpenPlace | None:
    """Return the next place to listen to after a moment, from the beginning again at the end; None if there is none."""
    places = _to_listen(transcript)
    return next((place for place in places if place.from_ms > after_ms), places[0] if places else None)


def previous_to_listen(transcript: Transcript, before_ms: int) -> OpenPlace | None:
    """Return the last place to listen to before a moment, or the last of all; None if there is none."""
    places = _to_listen(transcript)
    return next((place for place in reversed(places) if place.from_ms < before_ms), places[-1] if places else None)


def _to_listen(transcript: Transcript) -> list[OpenPlace]:
    return [place for place in open_places(transcript) if place.need in TO_LISTEN]
