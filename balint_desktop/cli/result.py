"""Result of a command, and how it prints tables and JSON lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from balint_desktop.domain.hidden_signs import escape_hidden


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Result of a command. `wrong` is one line for standard error: the failure and the remedy. Empty on success."""

    wrong: str = ""


class UsageError(ValueError):
    """Wrong usage; its text says what to write instead."""


def leave_output() -> None:
    """Detach a standard output whose reader is gone: Python would flush its buffer again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(objects: Iterable[Mapping[str, object]]) -> None:
    """Print objects as JSON, one per line. Hidden signs are escaped as JSON has it, beyond U+FFFF by two escapes."""
    for one in objects:
        line = json.dumps(one, ensure_ascii=False)
        print(line if escape_hidden(line) == line else json.dumps(one))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], none: str) -> None:
    """Print rows as columns under their headings, or a sentence for an empty list."""
    print(table([headings, *rows]) if rows else none)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Format rows as columns, the first row being their headings."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
