"""Behaviour of the Qt bindings that we rely on, and that one of their versions broke."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class _Bell(QObject):
    rung = Signal(int)


def test_emitting_a_signal_costs_no_reference(qapp):
    # PySide6 6.12.0 under Python 3.11: each emit() gives back one reference to True too many, and the process aborts
    # ("bool_dealloc") once they are used up, within minutes of a session. 6.11.3 is not affected.
    bell = _Bell()
    before = sys.getrefcount(True)  # noqa: FBT003
    for _ in range(100):
        bell.rung.emit(1)

    assert sys.getrefcount(True) >= before - 10  # noqa: FBT003
