"""Result of a command: done, or one line that says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandResult:
    """`wrong` is one line for standard error: what is wrong and what to do. Empty where all is well."""

    wrong: str = ""


class UsageError(ValueError):
    """A command line that cannot be meant so; its text says what to write instead."""


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns, the first row being their headings."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
