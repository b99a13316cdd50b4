"""What a typed replacement must not say: a name, or what is replaced elsewhere in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions
from balint_desktop.domain.deidentify.known_names import KnownName, find_names
from balint_desktop.domain.folding import plain
from balint_desktop.domain.hidden_signs import one_line

_BRACKETS = str.maketrans("", "", "[]‹›")
# Behind a word a name does not begin a sentence, where a capital would say nothing.
_BEFORE = "with "
# These say less, and name nobody: they stay usable where a person had such a word replaced, too.
_GENERAL = frozenset(
    "account|address|age|another person|baby|bed|child|clinic|co-facilitator|date|day|e-mail|facilitator|hospital"
    "|level|month|name|number|organisation|patient|place|relative|rest home|room|school|staff|staff: doctor"
    "|staff: nurse|staff: professor|staff: registrar|time|university|ward|web address|year"
    "|over ninety"
    "|adresse|alter|andere person|angehorige|bett|datum|e-mail|jahr|kind|konto|krankenhaus|leitung|monat|name"
    "|organisation|ort|patient/in|personal|personal: arztlich|personal: assistenzarzt/-arztin|personal: pflege"
    "|personal: professur|pflegeheim|praxis|saugling|schule|station|stockwerk|uber neunzig|uhrzeit|universitat"
    "|webadresse|wochentag|zahl|zimmer|in ihren zwanzigern".split("|")
)
_DECADE = re.compile(
    r"in (?:her|his|their|my) (?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
)


class ReplacementProblem(StrEnum):
    """Why a replacement cannot be used."""

    NAME = "name"
    """It holds a name of the roster."""
    ITSELF = "itself"
    """It holds the very word it is to replace."""
    REPLACED = "replaced"
    """It holds a word that is replaced elsewhere in this text."""


def replacement_problem(
    replacement: str, term: str, names: Sequence[KnownName], decisions: Decisions
) -> ReplacementProblem | None:
    """Return why a replacement for a term cannot be used, None where it can. Brackets around it count for nothing."""
    words = one_line(replacement.translate(_BRACKETS))
    if find_names(_BEFORE + words, names):
        return ReplacementProblem.NAME
    folded = plain(words)
    if folded in _GENERAL or _DECADE.fullmatch(folded):
        return None
    if _holds(folded, term):
        return ReplacementProblem.ITSELF
    every = (*decisions.everywhere.values(), *decisions.single.values())
    if any(_holds(folded, one.term) for one in every if one.verdict is DecisionKind.REPLACE):
        return ReplacementProblem.REPLACED
    return None


def _holds(folded: str, term: str) -> bool:
    """Return whether the words of a term stand in a folded text."""
    wanted = plain(term).split()
    if not any(any(map(str.isalnum, word)) for word in wanted):
        return False
    term_pattern = r"\W+".join(map(re.escape, wanted))
    return re.search(rf"(?<!\w){term_pattern}(?!\w)", folded) is not None
