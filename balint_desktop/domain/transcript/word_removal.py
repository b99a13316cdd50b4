"""Take a person's words out of a transcript: out of the working text, and out of what the engine wrote of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.transcript.editing import withdrawn
from balint_desktop.domain.transcript.machine_text import HeardPiece, Verdict
from balint_desktop.domain.transcript.spans import Span, merged
from balint_desktop.domain.transcript.transcript import SEVERAL, UNKNOWN, Speaker, Transcript, WordKind


@dataclass(frozen=True, slots=True)
class RemovableTurns:
    """Turns of one person, and turns whose speaker is not known or several: those a person has to look at."""

    theirs: int
    unknown: int


def count_removable(transcript: Transcript, speaker: Speaker) -> RemovableTurns:
    """Return how many turns are a person's, and how many may be. A turn whose words are withdrawn is no one's."""
    theirs = unknown = 0
    for turn in transcript.turns:
        if turn.speaker == speaker:
            theirs += 1
        elif turn.speaker in {UNKNOWN, SEVERAL} and any(word.kind is not WordKind.WITHDRAWN for word in turn.words):
            unknown += 1
    return RemovableTurns(theirs, unknown)


def without_words_of(
    transcript: Transcript, pieces: Sequence[HeardPiece], speaker: Speaker
) -> tuple[Transcript, tuple[HeardPiece, ...]]:
    """Return a working text and the engine's text without a person's words.

    The engine's words go where they lie in the time of that person's turns. A guess goes as a whole where its piece
    touches one: the times of words that were not understood say little.
    """
    spans = merged(
        (turn.from_ms, max(turn.until_ms, turn.from_ms + 1)) for turn in transcript.turns if turn.speaker == speaker
    )
    return withdrawn(transcript, speaker), tuple(_without(piece, spans) for piece in pieces)


def _without(piece: HeardPiece, spans: Iterable[Span]) -> HeardPiece:
    touching = [(begin, end) for begin, end in spans if piece.from_ms < end and begin < piece.until_ms]
    if piece.verdict is not Verdict.UNDERSTOOD:
        words = () if touching else piece.words
    else:
        # An engine's word may end a little beyond its piece.
        words = tuple(word for word in piece.words if not _lies_in(word.from_ms, word.until_ms, spans))
    verdict = piece.verdict if words or not piece.words else Verdict.NOTHING
    return replace(piece, words=words, verdict=verdict)


def _lies_in(from_ms: int, until_ms: int, spans: Iterable[Span]) -> bool:
    return any(from_ms < end and begin < max(until_ms, from_ms + 1) for begin, end in spans)
