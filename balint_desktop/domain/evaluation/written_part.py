"""Disclosure rules of the written part: which counts and free lines may be shown without identifying anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.evaluation.questionnaires import POINTS
from balint_desktop.domain.hidden_signs import one_line

# Five, in a group of six: with fewer the others could work out who answered what. It may be raised, never lowered
# (this project's choice; below five is the usual limit for counts of people).
FLOOR = 5
# Free text is limited to a line: longer ones reveal more about their author.
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's answers while they are entered: 1 to 5, or None where left blank. Never stored."""

    answers: tuple[int | None, ...]
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(answer is not None and not 1 <= answer <= POINTS for answer in self.answers):
            raise ValueError(f"an answer is 1 to {POINTS}, or None")

    @property
    def is_blank(self) -> bool:
        """Return whether the sheet has no answer. Not counted: it would only raise the number of sheets."""
        return all(answer is None for answer in self.answers) and not any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """Stored counts of all sheets: the number of sheets, and per statement the number of each answer."""

    sheets: int
    answers: tuple[tuple[int, ...], ...]


def add_sheet(counts: SheetCounts, sheet: Sheet, by: int = 1) -> SheetCounts:
    """Return the counts with a sheet added, or with `by` -1 removed. Raise ValueError for a sheet never counted."""
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
    """Return the number of sheets and answers required before counts are shown, never below the floor."""
    return max(FLOOR, wanted)


def shown_counts(counts: SheetCounts, *, closed: bool, least: int = FLOOR) -> tuple[tuple[int, ...] | None, ...]:
    """Return each statement's counts, with None in place of counts that could identify a person.

    *Nothing before it is closed*, and no sheet is added afterwards: seeing the counts before the last sheet and
    after it would reveal the last sheet. *At least five*, of sheets and of answers to that statement. *Not where all
    gave one answer*: then every answer is known (group disclosure). *Nor where all but one did*: that one person
    subtracts their own answer and knows all others (a coalition of one, as the handbooks of statistical disclosure
    control call it). The reason for withholding is not reported, since "all alike" would reveal the answers.
    """
    enough = least_sheets(least)
    if not closed or counts.sheets < enough:
        return (None,) * len(counts.answers)
    return tuple(row if sum(row) >= enough and max(row) < sum(row) - 1 else None for row in counts.answers)


def lines_shown(counts: SheetCounts, *, closed: bool, least: int = FLOOR) -> bool:
    """Return whether the free lines may be shown: after closing, with enough sheets to hide their authors."""
    return closed and counts.sheets >= least_sheets(least)


def tidy_line(words: str) -> str:
    """Normalise a free line for storage: a single line of limited length."""
    return one_line(words)[:LONGEST_LINE].rstrip()


def non_empty_lines(lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the non-empty lines, each with the number of its question (1 upwards)."""
    return tuple((number, tidy_line(words)) for number, words in enumerate(lines, start=1) if words.strip())
