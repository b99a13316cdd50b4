"""What of a transcript still needs a person: doubtful words, stretches without words, unknown speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
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


def count_to_look_at(needs: Mapping[Need, int]) -> int:
    """Return how many places there are to look at. Speakers are set in a pass of their own, and counted apart."""
    return sum(count for need, count in needs.items() if need is not Need.SPEAKER)
