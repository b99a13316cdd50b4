"""Blocks of a recovery key on paper, and which two to type back."""

from __future__ import annotations

import random
from collections.abc import Sequence

PREFIX = "AGE-SECRET-KEY-1"
_GROUP = 6


def split_key(key: str) -> tuple[str, ...]:
    """Return the key without its fixed prefix, in blocks of six characters."""
    rest = key.strip().upper().removeprefix(PREFIX)
    return tuple(rest[i : i + _GROUP] for i in range(0, len(rest), _GROUP))


def two_to_type(count: int, chance: random.Random | None = None) -> tuple[int, int]:
    """Return two different block numbers (from 1, in order) to type back."""
    one, other = sorted((chance or random.SystemRandom()).sample(range(1, count + 1), 2))
    return one, other


def is_group(typed: str, group: str) -> bool:
    """Return whether the input is that block; spaces and case are ignored."""
    return "".join(typed.split()).upper() == group


def in_lines(groups: Sequence[str], per_line: int = 5) -> list[list[tuple[int, str]]]:
    """Return the numbered blocks, several to a line."""
    numbered = list(enumerate(groups, start=1))
    return [numbered[i : i + per_line] for i in range(0, len(numbered), per_line)]
