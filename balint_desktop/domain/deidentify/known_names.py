"""Names of a group's roster as they are searched for in a text, in any spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.values import ParticipantCode


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person's name, what they are called, and how an engine hears it."""

    code: ParticipantCode
    name: str
    short_names: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in a text, `begin` to `end` in code points, without its possessive.

    `is_word` is whether it is also a word: then it is a name only as far as its place tells.
    """

    begin: int
    end: int
    code: ParticipantCode
    is_word: bool


def find_names(text: str, names: Sequence[KnownName]) -> tuple[NameFound, ...]:
    """Return where names stand in a text, in any spelling of them. Those that are words, where they stand as names."""
    raise NotImplementedError
