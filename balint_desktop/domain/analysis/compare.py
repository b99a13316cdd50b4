"""Compare what several coders coded: codes beside codes first, then where they differ, in order of reading.

Nobody's own coding is ever changed by it. Which codes of different coders are the same, people say; the overlap of two
codes only says where to look. In the study this follows consensus was on key themes, not on characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from balint_desktop.domain.analysis.agreement import CodedSpan, levels
from balint_desktop.domain.analysis.file_agreement import turn_bounds
from balint_desktop.domain.transcript.spans import Span, merged

SAME_CODE_FROM = 0.3
"""From this overlap on, two codes of different coders are offered as the same: this project's choice."""
_NEAR = 20
_WORD = re.compile(r"\w+")

CoderCode = tuple[str, str]
"""A coder, and a code of theirs."""


@dataclass(frozen=True, slots=True)
class CodePair:
    """Two codes of different coders. `jaccard` is the characters both coded, of those either did."""

    one: CoderCode
    other: CoderCode
    shared: int
    jaccard: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """A passage to which some coders gave a code and others did not: `begin` to `end` in code points.

    `spans` has for each coder who gave it where, within the passage; `without` are those who did not.
    """

    text: str
    begin: int
    end: int
    code: str
    spans: Mapping[str, tuple[Span, ...]]
    without: tuple[str, ...]


def code_pairs(coded: Iterable[CodedSpan]) -> tuple[CodePair, ...]:
    """Return the pairs of codes of different coders that overlap anywhere, the most alike first."""
    by_code = _by_coder_code(coded)
    lengths = {
        code: sum(end - begin for spans in texts.values() for begin, end in spans) for code, texts in by_code.items()
    }
    shared: dict[tuple[CoderCode, CoderCode], int] = defaultdict(int)
    by_text: dict[str, list[tuple[int, int, CoderCode]]] = defaultdict(list)
    for code, texts in by_code.items():
        for text, spans in texts.items():
            by_text[text] += [(begin, end, code) for begin, end in spans]
    for found in by_text.values():
        found.sort()
        open_spans: list[tuple[int, int, CoderCode]] = []
        for begin, end, code in found:
            open_spans = [one for one in open_spans if one[1] > begin]
            for _, other_end, other in open_spans:
                if other[0] != code[0]:
                    one, two = sorted((code, other))
                    shared[one, two] += min(end, other_end) - begin
            open_spans.append((begin, end, code))
    pairs = (CodePair(a, b, both, both / (lengths[a] + lengths[b] - both)) for (a, b), both in shared.items())
    return tuple(sorted(pairs, key=lambda pair: (-pair.jaccard, pair.one, pair.other)))


def likely_same(coded: Iterable[CodedSpan], names: Mapping[CoderCode, str]) -> tuple[CodePair, ...]:
    """Return the pairs of given codes of different coders that may be the same, the most alike first.

    Codes overlap enough, or have the same name, however little they overlap: case and spaces do not tell names apart.
    """
    spans = tuple(coded)
    found = {(one.one, one.other): one for one in code_pairs(spans)}
    pairs = {key: one for key, one in found.items() if one.jaccard >= SAME_CODE_FROM}
    by_name: dict[str, list[CoderCode]] = defaultdict(list)
    for code in sorted({(one.coder, one.code) for one in spans}):
        name = " ".join(names.get(code, "").split()).casefold()
        if name:
            by_name[name].append(code)
    for codes in by_name.values():
        for one, other in combinations(codes, 2):
            if one[0] != other[0]:
                pairs[one, other] = found.get((one, other)) or CodePair(one, other, 0, 0.0)
    return tuple(sorted(pairs.values(), key=lambda pair: (-pair.jaccard, pair.one, pair.other)))


def disputes(
    texts: Mapping[str, str], coders: Sequence[str], coded: Iterable[CodedSpan], same_as: Mapping[CoderCode, str]
) -> tuple[Dispute, ...]:
    """Return where coders differ over codes that are the same to them, in order of reading.

    `same_as` names the common code of each coder's code; codes without one are not compared. Passages of one code in
    one turn, or nearer than 20 characters, are one; a difference that holds no whole word is none.
    """
    by_code: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in coded:
        common = same_as.get((span.coder, span.code))
        if common is not None:
            by_code[span.text, common][span.coder].append((span.begin, span.end))
    turns = {name: turn_bounds(text) for name, text in texts.items()}
    found = []
    for (text, code), by_coder in by_code.items():
        apart = {coder: merged(by_coder.get(coder, ())) for coder in coders}
        for begin, end in _joined(_differences(texts[text], apart), turns[text]):
            spans = {coder: tuple(_cut(one, begin, end)) for coder, one in apart.items()}
            with_it = {coder: one for coder, one in spans.items() if one}
            without = tuple(coder for coder in coders if coder not in with_it)
            found.append(Dispute(text, begin, end, code, with_it, without))
    order = {text: at for at, text in enumerate(texts)}
    return tuple(sorted(found, key=lambda one: (order[one.text], one.begin, one.end, one.code)))


def coders_at(coders: Sequence[str], coded: Iterable[CodedSpan], text: str) -> tuple[tuple[int, int, int], ...]:
    """Return stretches of a text with how many coders coded anything there, where any did: a strip beside it."""
    by_coder: dict[str, list[Span]] = defaultdict(list)
    for span in coded:
        if span.text == text and span.coder in coders:
            by_coder[span.coder].append((span.begin, span.end))
    return tuple(levels(merged(spans) for spans in by_coder.values()))


def _by_coder_code(coded: Iterable[CodedSpan]) -> dict[CoderCode, dict[str, tuple[Span, ...]]]:
    found: dict[CoderCode, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in coded:
        found[span.coder, span.code][span.text].append((span.begin, span.end))
    return {code: {text: merged(spans) for text, spans in texts.items()} for code, texts in found.items()}


def _differences(text: str, apart: Mapping[str, Sequence[Span]]) -> list[Span]:
    """Return where some coders gave a code and others not, leaving out what holds no whole word."""
    found = ((begin, end) for begin, end, count in levels(apart.values()) if count < len(apart))
    return [span for span in merged(found) if _has_word(text, *span)]


def _has_word(text: str, begin: int, end: int) -> bool:
    """Return whether a whole word of a text lies in a stretch."""
    first = begin
    if 0 < begin < len(text) and text[begin - 1].isalnum():
        while first < end and text[first].isalnum():
            first += 1
    last = end
    if end < len(text) and text[end].isalnum():
        while last > first and text[last - 1].isalnum():
            last -= 1
    return _WORD.search(text, first, last) is not None


def _joined(spans: Iterable[Span], turns: Sequence[Span]) -> list[Span]:
    begins = [begin for begin, _ in turns]
    found: list[Span] = []
    for begin, end in spans:
        if found:
            before, until = found[-1]
            is_one_turn = bisect_right(begins, until - 1) == bisect_right(begins, begin)
            if begin - until < _NEAR or is_one_turn:
                found[-1] = (before, max(until, end))
                continue
        found.append((begin, end))
    return found


def _cut(spans: Iterable[Span], begin: int, end: int) -> Iterable[Span]:
    return ((max(begin, low), min(end, high)) for low, high in spans if low < end and high > begin)
