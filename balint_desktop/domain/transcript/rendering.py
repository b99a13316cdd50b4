"""A transcript as lines to show and print: what is said and by whom, and brackets where there are no words.

A place where nothing may be heard is one form without speaker and length, whether it was off the record, removed,
lost, damaged or withdrawn: otherwise it would show who withdrew, or that a pause was somebody's (practice,
corrections, section 5).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise

from balint_desktop.domain.transcript.spans import Span, merged
from balint_desktop.domain.transcript.transcript import SILENCE_FROM_MS, Speaker, Transcript, Turn, Word, WordKind


class BracketKind(StrEnum):
    """What brackets say."""

    SILENCE = "silence"
    NOT_AVAILABLE = "not-available"
    NOT_UNDERSTOOD = "not-understood"
    NO_WORDS = "no-words"
    UNCLEAR = "unclear"
    OVERLAP = "overlap"
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands in brackets. `seconds` is its length, None where none may be shown; `language` the one it is in."""

    kind: BracketKind
    seconds: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: what one speaker says, as texts and brackets in order. `speaker` is None for brackets on their own.

    `turn_id` is its turn and `words` what stands in it, a bracket's word too; none for brackets on their own. Two
    lines are the same that read the same.
    """

    from_ms: int
    speaker: Speaker | None
    parts: tuple[str | Bracket, ...]
    turn_id: int | None = field(default=None, compare=False)
    words: tuple[Word, ...] = field(default=(), compare=False)


_NOT_AVAILABLE = Bracket(BracketKind.NOT_AVAILABLE)
_BRACKET_OF = {
    WordKind.NOT_UNDERSTOOD: BracketKind.NOT_UNDERSTOOD,
    WordKind.NO_WORDS: BracketKind.NO_WORDS,
    WordKind.UNCLEAR: BracketKind.UNCLEAR,
    WordKind.OVERLAP: BracketKind.OVERLAP,
}


def text_lines(transcript: Transcript, unavailable: Iterable[Span] = ()) -> tuple[TextLine, ...]:
    """Return the lines of a transcript. `unavailable` are the stretches of the session that cannot be heard.

    Silence is what lies between two turns, or between a turn and such a stretch, from three seconds on. A turn without
    words has no line, and is no silence either.
    """
    gaps = merged(unavailable)
    alone = [*(TextLine(begin, None, (_NOT_AVAILABLE,)) for begin, _ in gaps), *_silences(transcript, gaps)]
    spoken = [line for turn in transcript.turns for line in _lines_of(turn, gaps)]
    lines: list[TextLine] = []
    for line in sorted([*alone, *spoken], key=lambda one: one.from_ms):
        # What cannot be heard may end in another reason for it: the two are one.
        if line.parts != (_NOT_AVAILABLE,) or not lines or lines[-1].parts != line.parts:
            lines.append(line)
    return tuple(lines)


def bracket_of(word: Word) -> Bracket:
    """Return what stands in brackets for a stretch without words. Raise ValueError for a word."""
    if word.kind is WordKind.SPOKEN:
        raise ValueError(f"a word has no brackets: {word.text!r}")
    if word.kind is WordKind.WITHDRAWN:
        return _NOT_AVAILABLE
    if word.kind is WordKind.OTHER_LANGUAGE:
        return Bracket(BracketKind.OTHER_LANGUAGE, language=word.text)
    return Bracket(_BRACKET_OF[word.kind], _seconds(word.until_ms - word.from_ms))


def _silences(transcript: Transcript, gaps: Sequence[Span]) -> Iterator[TextLine]:
    turns = ((turn.from_ms, max(turn.until_ms, turn.from_ms + 1)) for turn in transcript.turns)
    for (_, begin), (end, _) in pairwise(merged((*turns, *gaps))):
        if end - begin >= SILENCE_FROM_MS:
            yield TextLine(begin, None, (Bracket(BracketKind.SILENCE, _seconds(end - begin)),))


def _lines_of(turn: Turn, gaps: Sequence[Span]) -> Iterator[TextLine]:
    """Yield the lines of a turn: several where a stretch that cannot be heard lies in it."""
    breaks = deque(begin for begin, _ in gaps if turn.from_ms < begin < turn.until_ms)
    words: list[Word] = []
    for word in turn.words:
        is_withdrawn = word.kind is WordKind.WITHDRAWN
        is_interrupted = bool(breaks) and breaks[0] <= word.from_ms
        if words and (is_withdrawn or is_interrupted):
            yield _line(turn, words)
            words = []
        while breaks and breaks[0] <= word.from_ms:
            breaks.popleft()
        if is_withdrawn:
            yield TextLine(word.from_ms, None, (_NOT_AVAILABLE,))
        else:
            words.append(word)
    if words:
        yield _line(turn, words)


def _line(turn: Turn, words: Sequence[Word]) -> TextLine:
    parts: list[str | Bracket] = []
    for is_spoken, group in groupby(words, key=lambda word: word.kind is WordKind.SPOKEN):
        run = list(group)
        parts += [" ".join(word.text for word in run)] if is_spoken else [bracket_of(word) for word in run]
    return TextLine(words[0].from_ms, turn.speaker, tuple(parts), turn.id, tuple(words))


def _seconds(long_ms: int) -> int:
    return max(1, (long_ms + 500) // 1000)
