"""Disclosure rules of the written part: which counts and free lines may be shown without identifying anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.evaluation.questionnaires import POINTS

# In a group of six, five: with fewer the others could work out who said what. It may be raised, never lowered
# (this project's choice; below five is the usual limit for counts of people).
FLOOR = 5
# A free line is a line: longer ones tell more of whoever wrote them.
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person answered, while it is entered: 1 to 5, or None where it was left blank. It is never kept."""

    answers: tuple[int | None, ...]
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(answer is not None and not 1 <= answer <= POINTS for answer in self.answers):
            raise ValueError(f"an answer is 1 to {POINTS}, or None")

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is on it. A blank sheet counts for nothing: it would only lift the others' number."""
        return all(answer is None for answer in self.answers) and not any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """What is kept of all sheets: how many there were, and for each statement how often each answer was given."""

    sheets: int
    answers: tuple[tuple[int, ...], ...]


def add_sheet(counts: SheetCounts, sheet: Sheet, by: int = 1) -> SheetCounts:
    """Return the counts with one sheet more, or with `by` -1 with one less. Raise ValueError for one never counted."""
    if len(sheet.answers) != len(counts.answers):
        raise ValueError("this sheet belongs to another questionnaire")
    answers = tuple(
        tuple(count + by * (answer == number) for number, count in enumerate(row, start=1))
        for row, answer in zip(counts.answers, sheet.answers, strict=True)
    )
    if counts.sheets + by < 0 or any(count < 0 for row in answers for count in row):
        raise ValueError("this sheet was never counted")
    return SheetCounts(counts.sheets + by, answers)


def least_sheets(wanted: int) -> int:
    """Return how many sheets and answers it takes before counts are shown: what is wanted, never below the floor."""
    return max(FLOOR, wanted)


def shown_counts(counts: SheetCounts, *, closed: bool, least: int = FLOOR) -> tuple[tuple[int, ...] | None, ...]:
    """Return each statement's counts, and None in the place of those that would give somebody away.

    *Nothing before it is closed*, and no sheet comes after that: whoever saw the counts before the last sheet and
    after it would know the last sheet. *At least five*, of sheets and of answers to that statement. *Not where all
    gave one answer*: then everybody's is known (group disclosure). *Nor where all but one did*: whoever was that one
    takes their own away and knows everybody else's (a coalition of one, as the handbooks of statistical disclosure
    control call it). Why a statement is not shown is not said, since "all alike" would tell what is withheld.
    """
    enough = least_sheets(least)
    if not closed or counts.sheets < enough:
        return (None,) * len(counts.answers)
    return tuple(row if sum(row) >= enough and max(row) < sum(row) - 1 else None for row in counts.answers)


def lines_shown(counts: SheetCounts, *, closed: bool, least: int = FLOOR) -> bool:
    """Tell whether the free lines may be read: once it is closed, where enough sheets lie between them and a person."""
    return closed and counts.sheets >= least_sheets(least)


def tidy_line(words: str) -> str:
    """Return a free line as it is kept: on one line, and no longer than one."""
    return " ".join(words.split())[:LONGEST_LINE].rstrip()


def kept_lines(lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the lines that say something, each with the number of what it answers (1 upwards)."""
    return tuple((number, tidy_line(words)) for number, words in enumerate(lines, start=1) if words.strip())
