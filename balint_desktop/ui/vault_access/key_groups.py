"""Blocks of a recovery key on paper, and which two to type back."""

from __future__ import annotations

import random
from collections.abc import Sequence

PREFIX = "AGE-SECRET-KEY-1"
_GROUP = 6


def groups_of(key: str) -> tuple[str, ...]:
    """Return what follows the key's fixed beginning, in groups of six characters."""
    rest = key.strip().upper().removeprefix(PREFIX)
    return tuple(rest[i : i + _GROUP] for i in range(0, len(rest), _GROUP))


def two_to_type(count: int, chance: random.Random | None = None) -> tuple[int, int]:
    """Return two different groups (1 upwards, in order) to be typed back."""
    one, other = sorted((chance or random.SystemRandom()).sample(range(1, count + 1), 2))
    return one, other


def is_group(typed: str, group: str) -> bool:
    """Tell whether typed is that group; spaces and small letters do not matter."""
    return "".join(typed.split()).upper() == group


def in_lines(groups: Sequence[str], per_line: int = 5) -> list[list[tuple[int, str]]]:
    """Return the groups with their numbers, some to a line."""
    numbered = list(enumerate(groups, start=1))
    return [numbered[i : i + per_line] for i in range(0, len(numbered), per_line)]
