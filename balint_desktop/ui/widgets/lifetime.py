"""End a subscription with the widget that made it, and drop answers that arrive after its deletion.

Qt ends a connection to a widget's own method with the widget. It does not know what a closure captures, nor that a
page listens to a session without Qt: both would continue to call a deleted page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

import shiboken6
from PySide6.QtCore import QObject, SignalInstance

if TYPE_CHECKING:
    P = ParamSpec("P")
Unsubscribe = Callable[[], None]


def subscribe(
    owner: QObject, source: SignalInstance | Callable[[Callable[..., None]], Unsubscribe], listener: Callable[..., None]
) -> None:
    """Connect a listener to a signal, or to a function that returns its unsubscribing, until owner is deleted."""
    if isinstance(source, SignalInstance):
        connection = source.connect(listener)
        owner.destroyed.connect(lambda: QObject.disconnect(connection))
    else:
        unsubscribe = source(listener)
        owner.destroyed.connect(lambda: unsubscribe())  # noqa: PLW0108  Qt may pass a deleted object


def while_alive(owner: QObject, call: Callable[P, None]) -> Callable[P, None]:
    """Return a callback for a late answer: it does nothing once owner is deleted."""

    def call_if_alive(*args: P.args, **kwargs: P.kwargs) -> None:
        if is_alive(owner):
            call(*args, **kwargs)

    return call_if_alive


def is_alive(owner: QObject) -> bool:
    """Return whether an object's Qt part still exists."""
    return shiboken6.isValid(owner)
