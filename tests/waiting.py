"""Waiting for a condition: the one way in which tests wait.

The deadline is far beyond what any machine takes. It ends a test whose condition never comes, and decides nothing else:
no test says how long something takes, since that would say how busy the machine is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod
from time import monotonic, sleep
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

GENEROUS_S = 120.0
_LOOK_EVERY_S = 0.01
_GENEROUS_MS = round(GENEROUS_S * 1000)

T = TypeVar("T")


def wait_until(condition: Callable[[], T], reason: str = "a condition") -> T:
    """Wait until something holds, and return what the condition came to."""
    last_s = monotonic() + GENEROUS_S
    while not (found := condition()):
        if monotonic() > last_s:
            raise AssertionError(f"waited for {reason} in vain")
        sleep(_LOOK_EVERY_S)
    return found


def live_until(condition: Callable[[], bool]) -> None:
    """Let the window live until something holds, where no robot is at hand."""

    def holds() -> bool:
        QCoreApplication.processEvents()
        return condition()

    wait_until(holds)


class PatientBot(QtBot):
    """pytest-qt's robot with the same deadline wherever it waits; tests name none of their own."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_GENEROUS_MS)  # noqa: N815  pytest-qt's spelling
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_GENEROUS_MS)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_GENEROUS_MS)  # noqa: N815
    waitActive = partialmethod(QtBot.waitActive, timeout=_GENEROUS_MS)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_GENEROUS_MS)  # noqa: N815
