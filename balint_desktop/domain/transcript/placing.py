"""Place an imported text on the session's clock: where its file has times by them, otherwise along the speech."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from balint_desktop.domain.transcript.first_text import LONGEST_TURN_MS
from balint_desktop.domain.transcript.imported_text import ImportedText
from balint_desktop.domain.transcript.spans import Span, within
from balint_desktop.domain.transcript.transcript import (
    UNKNOWN,
    Speaker,
    Transcript,
    Turn,
    Word,
    WordKind,
    ends_sentence,
    terms,
)

# Nobody speaks more slowly than a word a second: a text whose end is not known is not spread further than this.
_SLOWEST_WORD_MS = 1_000
_USUAL_WORD_MS = 400
_MOST_WORDS = 240
_UNCLEAR_LENGTH = 8
_UNCLEAR = re.compile(
    r"[\[(](?:inaudible|unclear|unintelligible|indistinct|unverständlich|unverst\.|unv\.)[^\[\]()]{0,20}[\])]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Part:
    """A stretch of text: the number of its turn, its words, and its times on the session's clock where known."""

    turn: int
    words: list[Word]
    from_ms: int | None
    until_ms: int | None


@dataclass(frozen=True, slots=True)
class Misfits:
    """Times of a file that a transcript cannot have: how many are `moved`, and how many passages are `cut` short.

    Moved are those that go back or lie outside the recording; cut is what overlaps the next.
    """

    moved: int = 0
    cut: int = 0


def misfits(text: ImportedText, until_ms: int, starts_ms: int = 0) -> Misfits:
    """Return how many times of an imported text `placed` does not keep."""
    parts = list(_parts(text, starts_ms))
    _turn_end_stamps(parts)
    before = [(part.from_ms, part.until_ms) for part in parts]
    _keep_times_in_order(parts, starts_ms, until_ms)
    moved = [begin is not None and part.from_ms is None for part, (begin, _) in zip(parts, before, strict=True)]
    is_cut = [end is not None and part.until_ms != end for part, (_, end) in zip(parts, before, strict=True)]
    return Misfits(sum(moved), sum(cut and not away for cut, away in zip(is_cut, moved, strict=True)))


def placed(
    text: ImportedText, speakers: Mapping[str, Speaker], speech: Sequence[Span], until_ms: int, starts_ms: int = 0
) -> Transcript:
    """Return an imported text as a transcript in which every word has a time.

    `speakers` says who the labels are; one that is missing is UNKNOWN. `speech` are the spans of speech of the
    recording, which ends at `until_ms`; both, and `starts_ms`, where the file's times count from, are session
    milliseconds. Times that go back or lie outside the recording do not count. A long turn is cut at a sentence.
    """
    parts = list(_parts(text, starts_ms))
    _turn_end_stamps(parts)
    _keep_times_in_order(parts, starts_ms, until_ms)
    for group, low, high in _groups(parts, starts_ms, until_ms):
        _spread(group, _room(group, speech, low, high))
    words: dict[int, list[Word]] = {}
    for part in parts:
        words.setdefault(part.turn, []).extend(part.words)
    runs = [(text.turns[turn].label, run) for turn, said in words.items() for run in _short_enough(said)]
    return Transcript(
        tuple(
            Turn(n, speakers.get(label, UNKNOWN), run[0].from_ms, run[-1].until_ms, tuple(run))
            for n, (label, run) in enumerate(runs, start=1)
        )
    )


def _parts(text: ImportedText, starts_ms: int) -> Iterator[_Part]:
    for number, turn in enumerate(text.turns):
        for piece in turn.pieces:
            words = list(_words(piece.text))
            if words:
                yield _Part(
                    number, words, _session_ms(piece.from_ms, starts_ms), _session_ms(piece.until_ms, starts_ms)
                )


def _session_ms(file_ms: int | None, starts_ms: int) -> int | None:
    return None if file_ms is None else file_ms + starts_ms


def _words(text: str) -> Iterator[Word]:
    """Yield the words of a text without times; what says that a place could not be understood is such a place."""
    at = 0
    for found in _UNCLEAR.finditer(text):
        yield from (Word(term, 0, 0) for term in terms(text[at : found.start()]))
        yield Word("", 0, 0, kind=WordKind.UNCLEAR)
        at = found.end()
    yield from (Word(term, 0, 0) for term in terms(text[at:]))


def _turn_end_stamps(parts: Sequence[_Part]) -> None:
    """Take the stamp at the end of a paragraph for where the next one begins."""
    for part, after in pairwise(parts):
        if part.from_ms is None and part.until_ms is not None and after.from_ms is None:
            after.from_ms, part.until_ms = part.until_ms, None


def _keep_times_in_order(parts: Sequence[_Part], starts_ms: int, until_ms: int) -> None:
    """Forget the times that cannot be, so that those left never go back and lie in the recording."""
    for part in parts:
        if part.from_ms is not None and not starts_ms <= part.from_ms < until_ms:
            part.from_ms = part.until_ms = None
    timed = [part for part in parts if part.from_ms is not None]
    for part, is_in_order in zip(timed, _in_order([part.from_ms or 0 for part in timed]), strict=True):
        if not is_in_order:
            part.from_ms = part.until_ms = None
    limit = until_ms
    for part in reversed(parts):
        part.until_ms = None if part.until_ms is None else min(part.until_ms, limit)
        limit = part.from_ms if part.from_ms is not None else limit
    reached = starts_ms
    for part in parts:
        reached = part.from_ms if part.from_ms is not None else reached
        if part.until_ms is not None and part.until_ms <= reached:
            part.until_ms = None
        reached = part.until_ms if part.until_ms is not None else reached


def _in_order(moments: Sequence[int]) -> list[bool]:
    """Return which moments belong to the longest run that never goes back; of two such runs to the earlier."""
    ends: list[int] = []
    by_length: list[list[int]] = []
    for at, moment in enumerate(moments):
        length = bisect_right(ends, moment)
        ends[length : length + 1] = [moment]
        if length == len(by_length):
            by_length.append([])
        by_length[length].append(at)
    kept = [False] * len(moments)
    after, limit = len(moments), max(moments, default=0)
    for places in reversed(by_length):
        after = next(at for at in places if at < after and moments[at] <= limit)
        limit = moments[after]
        kept[after] = True
    return kept


def _groups(parts: Sequence[_Part], starts_ms: int, until_ms: int) -> Iterator[tuple[list[_Part], int, int]]:
    """Yield the parts between two known moments, with these."""
    edges = [
        at for at, part in enumerate(parts) if at == 0 or part.from_ms is not None or parts[at - 1].until_ms is not None
    ]
    low = starts_ms
    for first, last in pairwise([*edges, len(parts)]):
        group = list(parts[first:last])
        low = group[0].from_ms if group[0].from_ms is not None else low
        after = parts[last].from_ms if last < len(parts) else None
        end = group[-1].until_ms
        high = end if end is not None else after if after is not None else until_ms
        high = max(low, high)
        if until_ms <= starts_ms:
            # The recording's length is not known.
            high = low + _USUAL_WORD_MS * sum(len(part.words) for part in group)
        yield group, low, high
        low = high


def _room(group: Sequence[_Part], speech: Sequence[Span], low: int, high: int) -> list[Span]:
    """Return where the words of a group may lie: a cue as its file says, other text where there is speech."""
    if group[0].from_ms is not None and group[-1].until_ms is not None:
        return [(low, high)]
    spans = within(speech, low, high) or ((low, high),)
    if group[0].from_ms is None:
        return list(spans)
    return list(_first(spans, _SLOWEST_WORD_MS * sum(len(part.words) for part in group)))


def _first(spans: Iterable[Span], most_ms: int) -> Iterator[Span]:
    for begin, end in spans:
        if most_ms <= 0:
            return
        yield begin, min(end, begin + most_ms)
        most_ms -= end - begin


def _spread(group: Sequence[_Part], spans: Sequence[Span]) -> None:
    """Give words their share of spans, by their length; each lies in one of them."""
    lengths = [[len(word.text) + 1 if word.text else _UNCLEAR_LENGTH for word in part.words] for part in group]
    whole = sum(map(sum, lengths))
    ends = list(accumulate(end - begin for begin, end in spans))
    done = 0
    for part, each in zip(group, lengths, strict=True):
        for at, length in enumerate(each):
            begin, end = ends[-1] * done // whole, ends[-1] * (done + length) // whole
            done += length
            number = min(bisect_left(ends, (begin + end + 1) // 2), len(spans) - 1)
            shift = spans[number][1] - ends[number]
            from_ms = max(spans[number][0], begin + shift)
            part.words[at] = replace(
                part.words[at], from_ms=from_ms, until_ms=max(from_ms, min(end + shift, spans[number][1]))
            )


def _short_enough(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut a long turn where a sentence ends, or after 240 words."""
    run: list[Word] = []
    for word in words:
        if run and (
            len(run) >= _MOST_WORDS
            or (word.from_ms - run[0].from_ms >= LONGEST_TURN_MS and ends_sentence(run[-1].text))
        ):
            yield run
            run = []
        run.append(word)
    yield run
