"""What stands at the edges of a printed page: the title above, the page below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """`title` is of nobody; `page` says which page of how many, with {n} and {count} in it."""

    PAGE: ClassVar[str] = "{n}"
    COUNT: ClassVar[str] = "{count}"

    title: str
    page: str

    def page_parts(self) -> tuple[str, ...]:
        """Return the words of the page's line with its two fields apart."""
        return tuple(part for part in re.split(r"(\{n\}|\{count\})", self.page) if part)
