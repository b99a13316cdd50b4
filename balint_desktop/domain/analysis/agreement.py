"""How far several coders agree on where a code applies: Jaccard of what was coded, and Krippendorff's alpha.

Each code is a yes or no at each unit, a character or a turn, for each coder; a coder who never used a code said no
everywhere. Alpha is that for nominal data (Krippendorff 2018, chapter 12), for any number of coders, none of whose
answers is missing. Braun and Clarke's reflexive approach does not ask for these figures, and the study this follows
reports none: they show where to talk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from balint_desktop.domain.transcript.spans import merged

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """A stretch of a text to which a coder gave a code: `begin` to `end` in code points."""

    text: str
    begin: int
    end: int
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class UnitSums:
    """What of one stretch of the text counts: how many units it has, and what was said of them.

    `said` is how many times a coder said yes, `split` how many pairs of coders differ, over all its units.
    """

    units: int
    said: int
    split: int


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """The figures of one code over `n` units. None where nothing varies, or where nothing was coded."""

    code: str
    n: int
    alpha: float | None
    jaccard: float | None


@dataclass(frozen=True, slots=True)
class CodedUnits:
    """Which units of all texts, one after another, each coder gave a code: as stretches, sorted and apart."""

    n: int
    by_coder: Mapping[str, tuple[tuple[int, int], ...]]


class UnitScale:
    """The units of some texts as numbers from 0, one text after the other."""

    def __init__(self, bounds: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Count stretches of texts, such as turns: the bounds of each in code points, in order, for each text."""
        self._begins = {text: [begin for begin, _ in found] for text, found in bounds.items()}
        self._ends = {text: [end for _, end in found] for text, found in bounds.items()}
        starts = (0, *accumulate(len(found) for found in bounds.values()))
        self._start = dict(zip(bounds, starts, strict=False))
        self.n = starts[-1]

    def units(self, span: CodedSpan) -> tuple[int, int]:
        """Return the first unit that a span touches, and the one after the last. Raise KeyError for another text."""
        start = self._start[span.text]
        first = bisect_right(self._ends[span.text], span.begin)
        last = bisect_left(self._begins[span.text], span.end)
        return start + first, start + max(first, last)


class CharacterScale:
    """The characters of some texts as numbers from 0, one text after the other."""

    def __init__(self, lengths: Mapping[str, int]) -> None:
        self._lengths = dict(lengths)
        starts = (0, *accumulate(lengths.values()))
        self._start = dict(zip(lengths, starts, strict=False))
        self.n = starts[-1]

    def units(self, span: CodedSpan) -> tuple[int, int]:
        """Return the characters of a span, those outside its text left out. Raise KeyError for another text."""
        start, length = self._start[span.text], self._lengths[span.text]
        return start + min(max(0, span.begin), length), start + min(max(0, span.end), length)


def coded_units(
    spans: Iterable[CodedSpan], coders: Iterable[str], scale: UnitScale | CharacterScale
) -> dict[str, CodedUnits]:
    """Return the units of each code, by code, for all coders. A span without a unit counts as none."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for span in spans:
        begin, end = scale.units(span)
        if begin < end:
            found[span.code][span.coder].append((begin, end))
    every = tuple(coders)
    return {
        code: CodedUnits(scale.n, {coder: merged(by_coder.get(coder, ())) for coder in every})
        for code, by_coder in found.items()
    }


def agreement(code: str, units: CodedUnits) -> CodeAgreement:
    """Return the figures of one code. `units` names every coder. Raise ValueError with fewer than two."""
    if len(units.by_coder) < 2:
        raise ValueError("agreement is between two coders or more")
    sums = _sums(units)
    return CodeAgreement(code, units.n, alpha_of(sums, len(units.by_coder)), _jaccard(units))


def alpha_of(sums: UnitSums, coders: int) -> float | None:
    """Return Krippendorff's alpha of yes and no, None where all said the same everywhere."""
    values = coders * sums.units
    no = values - sums.said
    if not sums.said or not no:
        return None
    # Each pair of coders that differ counts once in the sum: of a unit with k times yes among m, k (m - k) pairs.
    observed = sums.split / (coders - 1)
    return 1 - (values - 1) * observed / (sums.said * no)


def _sums(units: CodedUnits) -> UnitSums:
    said = split = 0
    coders = len(units.by_coder)
    for begin, end, count in levels(units.by_coder.values()):
        said += count * (end - begin)
        split += count * (coders - count) * (end - begin)
    return UnitSums(units.n, said, split)


def levels(stretches: Iterable[Iterable[tuple[int, int]]]) -> Iterator[tuple[int, int, int]]:
    """Yield, in order, from where to where how many of several have a stretch, where any has.

    Each has its own stretches, apart from one another.
    """
    edges: dict[int, int] = defaultdict(int)
    for one in stretches:
        for begin, end in one:
            edges[begin] += 1
            edges[end] -= 1
    count, before = 0, 0
    for place in sorted(edges):
        if count:
            yield before, place, count
        count += edges[place]
        before = place


def _jaccard(units: CodedUnits) -> float | None:
    """Return what two coders both coded, of what either did: the mean over all pairs of whom one coded anything."""
    lengths = {coder: sum(end - begin for begin, end in spans) for coder, spans in units.by_coder.items()}
    found = []
    for one, other in combinations(units.by_coder, 2):
        if lengths[one] or lengths[other]:
            both = _common(units.by_coder[one], units.by_coder[other])
            found.append(both / (lengths[one] + lengths[other] - both))
    return sum(found) / len(found) if found else None


def _common(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    at = common = 0
    for begin, end in one:
        while at and other[at - 1][1] > begin:
            at -= 1
        while at < len(other) and other[at][0] < end:
            common += max(0, min(end, other[at][1]) - max(begin, other[at][0]))
            at += 1
    return common


def bootstrap_alphas(
    codes: Mapping[str, CodedUnits],
    turns: Sequence[tuple[int, int]],
    resamples: int,
    draw: Callable[[int], Sequence[int]],
    is_stopped: Callable[[], bool] = lambda: False,
) -> dict[str, tuple[float, float]] | None:
    """Return, by code, the limits between which 95 % of the alphas of resampled turns lie. None when stopped.

    `turns` are stretches of units, resampled whole, since the characters of one turn are not independent.
    `draw(count)` returns that many places among the turns, drawn with replacement. A code that varies in fewer than
    half of the resamples has no limits.
    """
    by_turn = {code: _sums_by_turn(units, turns) for code, units in codes.items()}
    lengths = [end - begin for begin, end in turns]
    found: dict[str, list[float]] = {code: [] for code in codes}
    for _ in range(resamples):
        if is_stopped():
            return None
        times = [0] * len(turns)
        total = 0
        for place in draw(len(turns)):
            times[place] += 1
            total += lengths[place]
        for code, sums in by_turn.items():
            said = split = 0
            for place, one_said, one_split in sums:
                if times[place]:
                    said += times[place] * one_said
                    split += times[place] * one_split
            alpha = alpha_of(UnitSums(total, said, split), len(codes[code].by_coder)) if total else None
            if alpha is not None:
                found[code].append(alpha)
    return {code: _limits(alphas) for code, alphas in found.items() if 2 * len(alphas) >= max(1, resamples)}


def _limits(alphas: list[float]) -> tuple[float, float]:
    alphas.sort()
    tail = round((1 - CONFIDENCE) / 2 * (len(alphas) - 1))
    return alphas[tail], alphas[len(alphas) - 1 - tail]


def _sums_by_turn(units: CodedUnits, turns: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    coders = len(units.by_coder)
    ends = [end for _, end in turns]
    found: dict[int, tuple[int, int]] = {}
    for begin, end, count in levels(units.by_coder.values()):
        place = bisect_right(ends, begin)
        while place < len(turns) and turns[place][0] < end:
            length = min(end, turns[place][1]) - max(begin, turns[place][0])
            if length > 0:
                said, split = found.get(place, (0, 0))
                found[place] = said + count * length, split + count * (coders - count) * length
            place += 1
    return [(place, said, split) for place, (said, split) in found.items()]
