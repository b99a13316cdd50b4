"""Collect garbage on the window's thread only.

Python collects on whichever thread allocates. After a collection on a background thread, PySide deletes
the window's widgets a moment later, when their parents may have deleted them already, and the program crashes.
WORKAROUND for Shiboken's deletion in the main thread, seen in 6.11.3; `tests/ui/shell/test_garbage.py` shows it.

The source of every module is dropped on the same occasion: PySide reads it on import, to see whether the module uses
PySide, and `linecache` would hold all of it, some 8 MB in a session.
"""

from __future__ import annotations

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2000


class GarbageTimer(QObject):
    """Replaces Python's automatic collection until `stop`, using Python's thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it; drop sources that were read."""
        linecache.clearcache()
        due = [
            generation
            for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if most and count > most
        ]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Re-enable Python's automatic collection."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
