"""Find the passages that have some codes and not others, and count them by session, phase and theme."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.study import StudyTheme
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn

PhaseStarts = Sequence[tuple[int, str]]
"""When each phase of a session begins, in session milliseconds, and its label; in order."""


@dataclass(frozen=True, slots=True)
class CodeQuery:
    """What is looked for: each term is a set of codes, any of which will do, such as a code with those under it.

    A passage has every term of `every`, one of `some` where there are any, and none of `none`.
    """

    every: tuple[frozenset[str], ...] = ()
    some: tuple[frozenset[str], ...] = ()
    none: tuple[frozenset[str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is looked for; what a passage does not have alone is nothing to look for."""
        return not (self.every or self.some)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that was found: `begin` to `end` of a text in code points, and who coded it so."""

    text: str
    begin: int
    end: int
    coders: tuple[str, ...]


def passages(query: CodeQuery, coded: Iterable[CodedSpan]) -> tuple[FoundPassage, ...]:
    """Return the passages that a query finds, by text in the order they are given, then in order of reading.

    Where codes overlap in part, a passage is the part that the query is true of. Coders count together.
    """
    if query.is_empty:
        return ()
    terms = (*query.every, *query.some, *query.none)
    by_code: dict[str, list[int]] = defaultdict(list)
    for at, term in enumerate(terms):
        for code in term:
            by_code[code].append(at)
    edges: dict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
    for span in coded:
        for at in by_code.get(span.code, ()):
            edges[span.text].append((span.begin, 1, at, span.coder))
            edges[span.text].append((span.end, -1, at, span.coder))
    first_some, first_none = len(query.every), len(query.every) + len(query.some)
    found: list[FoundPassage] = []
    for text, of_text in edges.items():
        found += _swept(text, sorted(of_text), len(terms), first_some, first_none)
    return tuple(found)


def _swept(
    text: str, edges: Sequence[tuple[int, int, int, str]], terms: int, first_some: int, first_none: int
) -> list[FoundPassage]:
    """Return the stretches of one text, from the edges of its codings in order."""
    open_now = [0] * terms
    who: Counter[str] = Counter()
    found: list[FoundPassage] = []
    begin: int | None = None
    coders: set[str] = set()
    at = 0
    while at < len(edges):
        place = edges[at][0]
        while at < len(edges) and edges[at][0] == place:
            _, step, term, coder = edges[at]
            open_now[term] += step
            if term < first_none:
                who[coder] += step
            at += 1
        is_true = (
            all(open_now[:first_some])
            and (first_some == first_none or any(open_now[first_some:first_none]))
            and not any(open_now[first_none:])
        )
        if is_true:
            begin = place if begin is None else begin
            coders.update(coder for coder, count in who.items() if count)
        elif begin is not None:
            found.append(FoundPassage(text, begin, place, tuple(sorted(coders))))
            begin, coders = None, set()
    return found


def turn_at(text: ApprovedText, place: int) -> ApprovedTurn | None:
    """Return the turn in which a place lies, or the one before it."""
    at = bisect_right(text.turns, place, key=lambda turn: turn.begin) - 1
    return text.turns[at] if at >= 0 else None


def beside(text: ApprovedText, begin: int, end: int) -> tuple[str, str]:
    """Return the turns before and after a passage, empty where there is none."""
    before = [turn for turn in text.turns if turn.end <= begin][-1:]
    after = [turn for turn in text.turns if turn.begin >= end][:1]
    return (
        "".join(text.text[turn.begin : turn.end] for turn in before),
        "".join(text.text[turn.begin : turn.end] for turn in after),
    )


def phase_of(text: ApprovedText, phases: PhaseStarts, place: int) -> str:
    """Return the phase in which a place lies, empty where it is not known."""
    turn = turn_at(text, place)
    if turn is None:
        return ""
    before = [label for at_ms, label in phases if at_ms <= turn.from_ms]
    return before[-1] if before else ""


def matrix(
    themes: Iterable[StudyTheme],
    coded: Iterable[CodedSpan],
    row_of: Mapping[str, str] | None = None,
    *,
    phases: Mapping[str, tuple[ApprovedText, PhaseStarts]] | None = None,
) -> dict[tuple[str, str], tuple[FoundPassage, ...]]:
    """Return the passages of each theme by row, as (row, theme): a row is a session by `row_of`, or a phase.

    `row_of` names the row of each text. Where `phases` are given, a row is the phase in which a passage begins.
    """
    spans = tuple(coded)
    cells: dict[tuple[str, str], list[FoundPassage]] = defaultdict(list)
    for theme in themes:
        for one in passages(CodeQuery(every=(frozenset(theme.codes),)), spans):
            if phases is not None:
                text, starts = phases[one.text]
                row = phase_of(text, starts, one.begin)
            else:
                row = (row_of or {}).get(one.text, one.text)
            cells[row, theme.id].append(one)
    return {key: tuple(found) for key, found in cells.items()}
