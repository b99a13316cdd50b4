"""Waiting for a condition: the only way in which tests wait.

The timeout is far longer than any machine needs. It only ends a test whose condition never holds: no test asserts how
long something takes, since that would measure the load of the machine.
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
    """Wait until a condition holds, and return its value."""
    last_s = monotonic() + GENEROUS_S
    while not (found := condition()):
        if monotonic() > last_s:
            raise AssertionError(f"waited for {reason} in vain")
        sleep(_LOOK_EVERY_S)
    return found


def live_until(condition: Callable[[], bool]) -> None:
    """Run the window until a condition holds, where no robot is available."""

    def holds() -> bool:
        QCoreApplication.processEvents()
        return condition()

    wait_until(holds)


class PatientBot(QtBot):
    """pytest-qt's robot with the same timeout in every wait; tests set none of their own."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_GENEROUS_MS)  # noqa: N815  pytest-qt's spelling
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_GENEROUS_MS)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_GENEROUS_MS)  # noqa: N815
    waitActive = partialmethod(QtBot.waitActive, timeout=_GENEROUS_MS)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_GENEROUS_MS)  # noqa: N815
