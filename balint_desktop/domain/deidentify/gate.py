"""The gate: what in a text, or in the finished bytes of a file, would still say who somebody is.

It refuses, says the place and not the name, and has no way around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
