"""A transcript: turns of words with their times, and who speaks. Values alone; `editing` makes new ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.transcript.machine_text import DOUBTFUL_BELOW

Speaker = NewType("Speaker", str)
"""Who speaks: a participant's code (P4), LEADER, CO_LEADER, SEVERAL or UNKNOWN. Never a name."""

LEADER = Speaker("F")
CO_LEADER = Speaker("C")
SEVERAL = Speaker("several")
UNKNOWN = Speaker("unknown")

_SPEAKER = re.compile(r"P[1-9][0-9]?|F|C[0-9]?|several|unknown")

PAGE_MS = 300_000
"""A page is what begins in five minutes: saving changes one page, not an hour."""
SILENCE_FROM_MS = 3_000
"""A silence is written from this length on."""


class WordKind(StrEnum):
    """What stands at a place of the text: a word, or why there is none."""

    SPOKEN = "spoken"
    NOT_UNDERSTOOD = "not-understood"
    """The engine did not understand this stretch, and nobody has listened to it yet."""
    NO_WORDS = "no-words"
    """There is speech here for which the engine wrote nothing."""
    UNCLEAR = "unclear"
    """A person listened, and could not understand it either."""
    OVERLAP = "overlap"
    OTHER_LANGUAGE = "other-language"
    """For a speaker of another language, which `text` names."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in session milliseconds. `probability` is the engine's, None for one that a person typed or confirmed.

    A kind other than SPOKEN stands for a stretch without words; `text` is empty then, or the name of the language.
    """

    text: str
    from_ms: int
    until_ms: int
    probability: float | None = None
    kind: WordKind = WordKind.SPOKEN

    @property
    def is_doubtful(self) -> bool:
        """Return whether the engine doubts it and no person has confirmed it."""
        return self.kind is WordKind.SPOKEN and self.probability is not None and self.probability < DOUBTFUL_BELOW


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break. `id` is unique in its transcript and stays with the turn's beginning."""

    id: int
    speaker: Speaker
    from_ms: int
    until_ms: int
    words: tuple[Word, ...] = ()

    @property
    def page(self) -> int:
        """Return the number of the page it is stored on, from 1."""
        return self.from_ms // PAGE_MS + 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """All turns, in order of time."""

    turns: tuple[Turn, ...] = ()

    def turn(self, turn_id: int) -> Turn:
        """Return a turn. Raise KeyError."""
        return self.turns[self.index(turn_id)]

    def index(self, turn_id: int) -> int:
        """Return the position of a turn. Raise KeyError."""
        for at, turn in enumerate(self.turns):
            if turn.id == turn_id:
                return at
        raise KeyError(turn_id)

    def next_id(self) -> int:
        """Return an id that no turn has."""
        return max((turn.id for turn in self.turns), default=0) + 1

    def pages(self) -> dict[int, tuple[Turn, ...]]:
        """Return the turns of each page that has any."""
        found: dict[int, list[Turn]] = {}
        for turn in self.turns:
            found.setdefault(turn.page, []).append(turn)
        return {number: tuple(turns) for number, turns in found.items()}


def parse_speaker(text: str) -> Speaker:
    """Parse a speaker. Raise ValueError."""
    if not _SPEAKER.fullmatch(text):
        raise ValueError(f"not a speaker: {text!r}")
    return Speaker(text)


def terms(text: str) -> list[str]:
    """Return the words of a text as they are stored: composed (NFC), without hidden signs, one without any space."""
    return strip_hidden(unicodedata.normalize("NFC", text)).split()


def ends_sentence(word: str) -> bool:
    """Return whether a sentence ends with this word."""
    return word.rstrip("\"'”’“‘»«)").endswith((".", "?", "!", "…"))


def transcript_of(turns: Iterable[Turn]) -> Transcript:
    """Return a transcript with its turns in order of time. Raise ValueError for an id that stands twice."""
    # Turns that begin together, as the halves of one without length, stay in the order they come in.
    ordered = tuple(sorted(turns, key=lambda turn: turn.from_ms))
    if len({turn.id for turn in ordered}) < len(ordered):
        raise ValueError("a turn's id stands twice")
    return Transcript(ordered)
