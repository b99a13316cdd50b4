"""Who hears of something, each until its subscription is ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")
Unsubscribe = Callable[[], None]


class Listeners(Generic[P]):
    """Calls each listener in the order they came. One that was unsubscribed meanwhile is not called any more."""

    def __init__(self) -> None:
        self._calls: dict[object, Callable[P, None]] = {}

    def add(self, call: Callable[P, None]) -> Unsubscribe:
        """Call this from now on; return what ends that."""
        key = object()
        self._calls[key] = call
        return lambda: self._remove(key)

    def notify(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every listener."""
        for key in tuple(self._calls):
            call = self._calls.get(key)
            if call is not None:
                call(*args, **kwargs)

    def _remove(self, key: object) -> None:
        self._calls.pop(key, None)
