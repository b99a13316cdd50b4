"""A turn that a person begins: after another, where somebody else speaks and the engine heard nobody."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, Turn


def begun_after(transcript: Transcript, turn_id: int, at_ms: int) -> Transcript:
    """Return the transcript with an empty turn after another one. Raise KeyError.

    It begins at a moment inside the turn before, which ends there then; words that the engine timed are not cut. At
    any other moment it begins where that turn ends.
    """
    at = transcript.index(turn_id)
    turn = transcript.turns[at]
    timed_ms = max((word.until_ms for word in turn.words if word.probability is not None), default=turn.from_ms)
    begin = at_ms if timed_ms <= at_ms < turn.until_ms else turn.until_ms
    if at + 1 < len(transcript.turns):
        # Turns stay in order of time, also where two people speak at once.
        begin = max(turn.from_ms, min(begin, transcript.turns[at + 1].from_ms))
    words = tuple(
        replace(word, from_ms=min(word.from_ms, begin), until_ms=min(word.until_ms, begin)) for word in turn.words
    )
    after = Turn(transcript.next_id(), UNKNOWN, begin, max(begin, turn.until_ms))
    before = replace(turn, until_ms=begin, words=words)
    return Transcript((*transcript.turns[:at], before, after, *transcript.turns[at + 1 :]))


def first_turn(until_ms: int) -> Transcript:
    """Return a transcript with one empty turn over all of the sound, for a text that has none."""
    return Transcript((Turn(1, UNKNOWN, 0, until_ms),))
