"""Give typed words the times of the words they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from balint_desktop.domain.transcript.transcript import Turn, Word, WordKind, terms

# Comparing takes about as many steps as the product of both lengths: beyond this, what was typed replaces all of it.
_MOST_COMPARED = 250_000


def aligned(turn: Turn, typed: Sequence[str | Word]) -> tuple[Word, ...]:
    """Return typed words in order of time, those that were there before with the times they had.

    Words that replace others share the time of those; words between others share the time between them. A text is
    stored as `terms` does, so one with spaces becomes several words and an empty one none.
    """
    new: list[str | Word] = []
    for one in typed:
        new += [one] if isinstance(one, Word) else terms(one)
    words: list[Word] = []
    for is_same, first, last, begin, end in _changes([_key(word) for word in turn.words], [_key(one) for one in new]):
        old, after = turn.words[first:last], new[begin:end]
        if is_same or len(old) == len(after):
            words += [_timed(one, word.from_ms, word.until_ms, word) for one, word in zip(after, old, strict=True)]
            continue
        low = words[-1].until_ms if words else turn.from_ms
        high = turn.words[last].from_ms if last < len(turn.words) else turn.until_ms
        if old:
            low, high = max(low, old[0].from_ms), min(high, old[-1].until_ms)
        words += shared_out(after, low, max(low, high))
    return tuple(words)


def shared_out(typed: Sequence[str | Word], low: int, high: int) -> list[Word]:
    """Give new words their share of a stretch, by their length."""
    lengths = [max(1, len(one if isinstance(one, str) else one.text)) for one in typed]
    words, done, whole = [], 0, sum(lengths)
    for one, length in zip(typed, lengths, strict=True):
        begin = low + (high - low) * done // whole
        done += length
        words.append(_timed(one, begin, low + (high - low) * done // whole))
    return words


def _timed(one: str | Word, begin: int, end: int, before: Word | None = None) -> Word:
    if isinstance(one, Word):
        return replace(one, from_ms=begin, until_ms=end)
    return before if before is not None and before.text == one else Word(one, begin, end)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield stretches of both in order, and whether they are the same: (is same, from and until in each)."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield True, 0, head, 0, head
    if len(old) * len(new) > _MOST_COMPARED:
        yield False, head, head + len(old), head, head + len(new)
    else:
        for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag == "equal", head + first, head + last, head + begin, head + end
    yield True, len(before) - tail, len(before), len(after) - tail, len(after)


def _key(word: str | Word) -> str:
    """Return what makes a word the same: its text, or for a stretch without words also where it is."""
    if isinstance(word, str):
        return word
    if word.kind is WordKind.SPOKEN:
        return word.text
    return f"\0{word.kind}\0{word.text}\0{word.from_ms}\0{word.until_ms}"
