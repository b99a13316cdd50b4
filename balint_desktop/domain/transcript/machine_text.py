"""What the engine made of each piece, and whether it counts as understood."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

DOUBTFUL_BELOW = 0.5
"""A word that the engine holds less likely than this is shown as doubtful."""

# Limits beyond which a piece is not understood. Tried on 21 pieces at temperature 0: te reo Maori in an English model
# had 47 and 53 % doubtful words, a loop a compression ratio of 23.6, spoken English at most 18 % and 2.38.
_DOUBTFUL_SHARE = 0.4
_COMPRESSION = 4.0
_NO_SPEECH = 0.55
_NO_SPEECH_MEAN = 0.6
_TIMES_RUNNING = 5
_LONGEST_PHRASE = 5
# What such models write for sound without words: the ends of the videos that they were trained on. Nothing that a
# group may say stands here: "see you next time" ends a session, and "transcribed by" may be part of its opening words.
_STOCK_LINES = (
    "thank you for watching",
    "thank you very much for watching",
    "thank you so much for watching",
    "thanks for watching",
    "see you in the next video",
    "please subscribe",
    "subscribe to my channel",
    "like and subscribe",
    "subtitles by the",
    "transcribed by https",
    "transcription by castingwords",
    "amara org",
    "vielen dank fürs zuschauen",
    "untertitel im auftrag des zdf",
    "untertitelung des zdf",
)


class Verdict(StrEnum):
    """Whether a piece was understood."""

    UNDERSTOOD = "understood"
    NOT_UNDERSTOOD = "not-understood"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the engine wrote it, in session milliseconds; `probability` is the engine's own, 0 to 1."""

    text: str
    from_ms: int
    until_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class HeardSegment:
    """What the engine says of a run of words in a piece: how it compresses, and how likely nobody speaks in it."""

    compression: float
    no_speech: float


@dataclass(frozen=True, slots=True)
class HeardPiece:
    """All that the engine wrote for a piece, and what became of it. `words` of one not understood are a guess."""

    number: int
    from_ms: int
    until_ms: int
    verdict: Verdict
    words: tuple[HeardWord, ...] = ()


def verdict(words: Sequence[HeardWord], segments: Sequence[HeardSegment]) -> Verdict:
    """Return whether a piece was understood. One beyond a limit is left to a person, and its guess is not shown."""
    if not words:
        return Verdict.NOTHING
    probabilities = [word.probability for word in words]
    doubtful = sum(1 for one in probabilities if one < DOUBTFUL_BELOW)
    beyond = (
        doubtful >= _DOUBTFUL_SHARE * len(words)
        # A single word is where inventions are likeliest.
        or len(words) == 1
        or is_invented(words, segments)
    )
    return Verdict.NOT_UNDERSTOOD if beyond else Verdict.UNDERSTOOD


def is_invented(words: Sequence[HeardWord], segments: Sequence[HeardSegment]) -> bool:
    """Return whether words are such as a model writes where nobody said them: a loop, or a line of its videos.

    So are doubtful ones of which the model holds that nobody speaks.
    """
    plain = _plain_words(words)
    mean = fmean(word.probability for word in words) if words else 0.0
    return (
        (max((s.no_speech for s in segments), default=0.0) >= _NO_SPEECH and mean < _NO_SPEECH_MEAN)
        or any(segment.compression > _COMPRESSION for segment in segments)
        or _is_loop(plain)
        or any(f" {line} " in f" {' '.join(plain)} " for line in _STOCK_LINES)
    )


def stored_probability(probability: float) -> float:
    """Return a probability as it is stored: to three digits, within 0 and 1; 0 for one that is no number."""
    return 0.0 if math.isnan(probability) else round(min(1.0, max(0.0, probability)), 3)


def _plain_words(words: Sequence[HeardWord]) -> list[str]:
    return " ".join(re.sub(r"[^\w\s]", " ", word.text.casefold()) for word in words).split()


def _is_loop(words: Sequence[str]) -> bool:
    """Return whether a phrase of one to five words stands five times running."""
    for length in range(1, _LONGEST_PHRASE + 1):
        running = 0
        for at in range(length, len(words)):
            running = running + 1 if words[at] == words[at - length] else 0
            if running >= length * (_TIMES_RUNNING - 1):
                return True
    return False
