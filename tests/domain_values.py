"""Domain values that tests need."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.evaluation.written_part import POINTS, SheetCounts


def no_counts(statements):
    """Return the counts of a written part before its first sheet."""
    return SheetCounts(0, ((0,) * POINTS,) * statements)


def with_participant(group, changed):
    """Return a group with that member in place of the one with the same code."""
    return replace(group, participants=tuple(changed if p.code == changed.code else p for p in group.participants))
