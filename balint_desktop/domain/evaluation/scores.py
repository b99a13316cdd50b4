"""Bare scores: a number from an instrument that is not ours, by code, before or after the group."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.values import ParticipantCode

LONGEST_INSTRUMENT = 80
# No scale in use goes higher; a longer number is a typing error.
_LARGEST = 100_000
_NUMBER = re.compile(r"-?[0-9]{1,6}([.,][0-9]{1,4})?")


class Occasion(StrEnum):
    """When an instrument was filled in."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class BareScore:
    """One person's score. The instrument's name is typed by the user: none is bundled, since most are licensed."""

    code: ParticipantCode
    instrument: str
    occasion: Occasion
    score: float

    def __post_init__(self) -> None:
        if not self.instrument.strip() or len(self.instrument) > LONGEST_INSTRUMENT:
            raise ValueError(f"an instrument has a name of at most {LONGEST_INSTRUMENT} characters")
        if not math.isfinite(self.score) or abs(self.score) > _LARGEST:
            raise ValueError("a score is a number")


def parse_score(typed: str) -> float:
    """Parse a typed score, with a decimal point or comma. Raise ValueError where it is no number."""
    found = typed.strip().replace("−", "-")
    if not _NUMBER.fullmatch(found):
        raise ValueError(f"not a number: {typed!r}")
    number = float(found.replace(",", "."))
    if abs(number) > _LARGEST:
        raise ValueError(f"too large: {typed!r}")
    return number
