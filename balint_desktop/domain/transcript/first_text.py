"""The first text of a transcript: from what the engine heard, or from marks and silence for a person who types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from balint_desktop.domain.transcript.machine_text import HeardPiece, Verdict, stored_probability
from balint_desktop.domain.transcript.spans import Span, merged, without
from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, Turn, Word, WordKind, ends_sentence, terms

NEW_TURN_GAP_MS = 1_000
"""A turn begins after this long without a word."""
LONGEST_TURN_MS = 60_000
"""A turn that is this long ends with its sentence, and one of twice this length in any case."""

_LEAST_SPEECH_MS = 1_500


def from_machine(pieces: Iterable[HeardPiece], speech: Sequence[Span]) -> Transcript:
    """Return the turns of what was heard. Nobody is guessed: who speaks is unknown in all of them.

    A piece that was not understood is a turn without its guess. Speech of 1.5 s or more in which no word was heard
    is one, too.
    """
    heard = list(pieces)
    places = [_place(piece) for piece in heard if piece.verdict is Verdict.NOT_UNDERSTOOD]
    # Rounded as they are stored, so that a word is as doubtful before it is saved as afterwards.
    words = [
        Word(text, word.from_ms, max(word.from_ms, word.until_ms), stored_probability(word.probability))
        for piece in heard
        if piece.verdict is Verdict.UNDERSTOOD
        for word in piece.words
        if (text := " ".join(terms(word.text)))
    ]
    covered = [(one.from_ms, one.until_ms) for one in (*places, *words)]
    places += [
        Word("", begin, end, kind=WordKind.NO_WORDS) for begin, end in without(speech, covered, _LEAST_SPEECH_MS)
    ]
    runs = _runs(_one_after_another(sorted((*words, *places), key=lambda one: one.from_ms)))
    return Transcript(
        tuple(Turn(n, UNKNOWN, run[0].from_ms, run[-1].until_ms, tuple(run)) for n, run in enumerate(runs, start=1))
    )


def from_silence(speech: Iterable[Span], marks_ms: Iterable[int]) -> Transcript:
    """Return empty turns for a person to type into: one for each span of speech, cut where a phase begins."""
    marks = sorted(set(marks_ms))
    spans: list[Span] = []
    for begin, end in merged(speech):
        cuts = [begin, *(mark for mark in marks if begin < mark < end), end]
        spans += [(cut, cuts[at + 1]) for at, cut in enumerate(cuts[:-1])]
    return Transcript(tuple(Turn(n, UNKNOWN, begin, end) for n, (begin, end) in enumerate(spans, start=1)))


def _place(piece: HeardPiece) -> Word:
    return Word("", piece.from_ms, piece.until_ms, kind=WordKind.NOT_UNDERSTOOD)


def _one_after_another(words: Sequence[Word]) -> list[Word]:
    """Return words that end before the next begins, also where the engine lets them overlap."""
    nexts = [word.from_ms for word in words[1:]]
    return [
        *(replace(word, until_ms=min(word.until_ms, after)) for word, after in zip(words, nexts, strict=False)),
        *words[-1:],
    ]


def _runs(words: Iterable[Word]) -> list[list[Word]]:
    """Group words into turns.

    A turn begins after a second without a word, around a stretch without words, where a sentence ends once a turn is a
    minute long, and after two minutes.
    """
    runs: list[list[Word]] = []
    for word in words:
        if runs and not _begins_turn(runs[-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _begins_turn(run: Sequence[Word], word: Word) -> bool:
    last = run[-1]
    long_ms = word.from_ms - run[0].from_ms
    return (
        word.from_ms - last.until_ms >= NEW_TURN_GAP_MS
        or {word.kind, last.kind} != {WordKind.SPOKEN}
        or (long_ms >= LONGEST_TURN_MS and (ends_sentence(last.text) or long_ms >= 2 * LONGEST_TURN_MS))
    )
