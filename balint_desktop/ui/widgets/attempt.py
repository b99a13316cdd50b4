"""Run a block, and show a Trouble that it raises."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from balint_desktop.domain.trouble import Trouble


class Attempt:
    """A context manager that shows a Trouble instead of raising it; `trouble` holds it afterwards."""

    def __init__(self, tell: Callable[[Trouble], object]) -> None:
        self._show = tell
        self.trouble: Trouble | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: TracebackType | None) -> bool:
        if not isinstance(error, Trouble):
            return False
        self.trouble = error
        self._show(error)
        return True
