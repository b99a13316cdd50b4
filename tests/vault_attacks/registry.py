"""The table of attacks on the vault: each is an act in a folder of its own, and the outcome that it must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ATTACKS: list[Attack] = []


class NotHere(Exception):  # noqa: N818  an outcome rather than an error
    """The machine cannot play this attack; the message says why."""


@dataclass(frozen=True)
class Attack:
    """One attack: the kind of fault, a sentence, the outcome it must have, and the act that returns the real one."""

    kind: str
    name: str
    outcome: str
    act: Callable[[Path], str]


def attack(kind: str, name: str, outcome: str) -> Callable[[Callable[[Path], str]], Callable[[Path], str]]:
    """Add a function to the table. It gets an empty folder and returns what came of it."""

    def add(act: Callable[[Path], str]) -> Callable[[Path], str]:
        ATTACKS.append(Attack(kind, name, outcome, act))
        return act

    return add
