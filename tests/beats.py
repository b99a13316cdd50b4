"""The window's own timers standing still, for tests that wind the clock by hand."""

from __future__ import annotations

from balint_desktop.ui.locking import auto_lock
from balint_desktop.ui.session import flow

_HOUR_MS = 3_600_000


def stop_beats(monkeypatch):
    """Let no timer of the window look at the clock by itself.

    A beat that fell between two windings, as it would on a busy machine, would take the step for a sleep. Where a test
    wants a beat it calls for one.
    """
    for module, name in ((flow, "_TICK_MS"), (auto_lock, "_BEAT_MS")):
        monkeypatch.setattr(module, name, _HOUR_MS)
