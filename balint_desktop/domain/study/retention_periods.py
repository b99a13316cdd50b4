"""Retention periods named in the sources, offered as choices with their source; none is preset."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.study.retention import Bound, RetainedKind, StartEvent, Unit


@dataclass(frozen=True, slots=True)
class Hint:
    """A period from a published rule. `key` is for translated text and tests; `source` is shown with it."""

    key: str
    kinds: frozenset[RetainedKind]
    count: int
    unit: Unit
    bound: Bound
    starts: StartEvent
    source: str


# practice.md, section 6. Neither decides what applies here: whether reflections of students are health data in
# New Zealand was not found, and years for transcripts in the United Kingdom differ by university. So the user
# chooses by the approval's own letter; one may not keep or use beyond what was consented.
_RESEARCH_DATA = frozenset(
    {RetainedKind.TRANSCRIPT, RetainedKind.APPROVED_TEXT, RetainedKind.CONSENT_FORMS, RetainedKind.ANALYSIS}
)
HINTS = (
    Hint(
        "aut-six-years",
        _RESEARCH_DATA,
        6,
        Unit.YEARS,
        Bound.KEEP_AT_LEAST,
        StartEvent.STUDY_ENDED,
        "AUT Ethics Committee (New Zealand): data and consent forms at least six years, stored apart",
    ),
    Hint(
        "nz-health-ten-years",
        _RESEARCH_DATA,
        10,
        Unit.YEARS,
        Bound.KEEP_AT_LEAST,
        StartEvent.STUDY_ENDED,
        "Health (Retention of Health Information) Regulations 1996, New Zealand: health-related data at least ten"
        " years",
    ),
)


def hints_for(kind: RetainedKind) -> tuple[Hint, ...]:
    """Return the hints for a kind of data; there are none for audio or a code key."""
    return tuple(hint for hint in HINTS if kind in hint.kinds)
