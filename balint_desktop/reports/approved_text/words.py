"""What stands at the edges of a printed page: the title above, the page below."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """`title` is of nobody; `page` says which page of how many, with {n} and {count} in it."""

    title: str
    page: str
