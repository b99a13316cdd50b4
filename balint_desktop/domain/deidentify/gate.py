"""The gate: what in a text, or in the finished bytes of a file, would still say who somebody is.

It refuses, says the place and not the name, and has no way around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.marks import Mark
from balint_desktop.domain.deidentify.reading import ReadingText
from balint_desktop.domain.transcript.transcript import Speaker


class FindingKind(StrEnum):
    """Why a text may not leave."""

    NAME = "name"
    UNDECIDED = "undecided"
    UNREAD = "unread"
    OTHER_TEXT = "other-text"
    """It is not the text of the version that was approved."""
    QUOTATION = "quotation"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where something was found. `part` is where in a file: a name inside an archive, "file name", a property.

    `begin` and `end` are code points in that part's text, None where the part as a whole is meant; `page` is the page
    of a text that is being approved.
    """

    kind: FindingKind
    part: str = ""
    begin: int | None = None
    end: int | None = None
    page: int | None = None


def findings_before_approval(
    reading: ReadingText,
    marks: Sequence[Mark],
    decisions: Decisions,
    names: Sequence[KnownName],
    *,
    readers_needed: int,
    speaker_words: Callable[[Speaker], str],
) -> tuple[Finding, ...]:
    """Return what keeps a text from being approved: undecided, unread or changed since, a name that would stay."""
    raise NotImplementedError


def findings_in_approved(text: ApprovedText, names: Sequence[KnownName]) -> tuple[Finding, ...]:
    """Return the names of a roster in an approved text, but for words that were left on purpose."""
    raise NotImplementedError


def findings_in_file(
    name: str, data: bytes, names: Sequence[KnownName], approved: ApprovedText | None = None
) -> tuple[Finding, ...]:
    """Return what a finished file, with its name, must not hold. `approved` is the text it is said to be."""
    raise NotImplementedError
