"""Callback lists with unsubscription."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")
Unsubscribe = Callable[[], None]


class Listeners(Generic[P]):
    """Calls each listener in order of subscription, but none that has been unsubscribed meanwhile."""

    def __init__(self) -> None:
        self._calls: dict[object, Callable[P, None]] = {}

    def add(self, call: Callable[P, None]) -> Unsubscribe:
        """Add a listener, and return the function that unsubscribes it."""
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
