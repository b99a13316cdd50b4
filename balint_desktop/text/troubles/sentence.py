"""What is said of one trouble."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words for one trouble. Curly braces are placeholders for the trouble's details."""

    happened: str
    safe: str
    to_do: str
