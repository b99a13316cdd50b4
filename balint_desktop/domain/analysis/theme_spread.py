"""How far a theme reaches: in how many sessions, of how many people, and whether one voice carries it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.retrieval import CodeQuery, FoundPassage, passages
from balint_desktop.domain.analysis.study import Quotation, StudyTheme
from balint_desktop.domain.deidentify.approved import ApprovedText

_FEWEST = 3
"""Of two quotations, one voice says nothing."""


@dataclass(frozen=True, slots=True)
class ThemeSpread:
    """In how many sessions of how many a theme has passages, how many there are, and of how many people."""

    passages: int
    sessions: int
    of_sessions: int
    people: int


@dataclass(frozen=True, slots=True)
class OneVoice:
    """More than half of a theme's quotations are one person's: how many of how many. It never says whose."""

    count: int
    of: int


def people_in(text: ApprovedText, begin: int, end: int) -> tuple[str, ...]:
    """Return the study numbers of those who speak in a passage, in order; whoever leads has none and is left out."""
    spoken = (turn for turn in text.turns if turn.begin < end and begin < turn.end)
    return tuple(dict.fromkeys(turn.speaker for turn in spoken if turn.speaker and turn.role is None))


def theme_spread(theme: StudyTheme, coded: Iterable[CodedSpan], texts: Mapping[str, ApprovedText]) -> ThemeSpread:
    """Return how far a theme reaches in some texts, by what was coded with its codes."""
    found = [one for one in passages(_query(theme), coded) if one.text in texts]
    people = {who for one in found for who in people_in(texts[one.text], one.begin, one.end)}
    return ThemeSpread(len(found), len({one.text for one in found}), len(texts), len(people))


def one_voice(quotations: Iterable[Quotation], texts: Mapping[str, ApprovedText]) -> OneVoice | None:
    """Return whether one person's words are most of some quotations, of three or more; None where they are not."""
    counted = [one for one in quotations if one.text in texts]
    who: Counter[str] = Counter()
    for one in counted:
        who.update(people_in(texts[one.text], one.begin, one.end))
    most = max(who.values(), default=0)
    return OneVoice(most, len(counted)) if len(counted) >= _FEWEST and 2 * most > len(counted) else None


def person_matrix(
    themes: Iterable[StudyTheme], coded: Iterable[CodedSpan], texts: Mapping[str, ApprovedText]
) -> dict[tuple[str, str], tuple[FoundPassage, ...]]:
    """Return the passages of each theme by person, as (study number, theme): of each who speaks in one."""
    spans = tuple(coded)
    cells: dict[tuple[str, str], list[FoundPassage]] = defaultdict(list)
    for theme in themes:
        for one in passages(_query(theme), spans):
            if one.text in texts:
                for who in people_in(texts[one.text], one.begin, one.end):
                    cells[who, theme.id].append(one)
    return {key: tuple(found) for key, found in cells.items()}


def people_of(texts: Iterable[ApprovedText]) -> tuple[str, ...]:
    """Return every study number that speaks in some texts: R2 before R10."""
    found = {turn.speaker for text in texts for turn in text.turns if turn.speaker and turn.role is None}
    return tuple(sorted(found, key=lambda who: (len(who), who)))


def _query(theme: StudyTheme) -> CodeQuery:
    return CodeQuery(every=(frozenset(theme.codes),)) if theme.codes else CodeQuery()
