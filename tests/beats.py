"""Stops the window's own timers, for tests that wind the clock by hand."""

from __future__ import annotations

from balint_desktop.ui.locking import auto_lock
from balint_desktop.ui.session import flow

_HOUR_MS = 3_600_000


def stop_beats(monkeypatch):
    """Let no timer of the window read the clock by itself.

    A check between two windings, as happens on a busy machine, would take the step for a sleep. A test that needs a
    check calls it.
    """
    for module, name in ((flow, "_TICK_MS"), (auto_lock, "_BEAT_MS")):
        monkeypatch.setattr(module, name, _HOUR_MS)
