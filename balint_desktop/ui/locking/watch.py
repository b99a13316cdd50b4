"""Protocol of a system's lock watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

Told = Callable[[], None]
"""Called on the main thread when it is time to lock: the screen was locked, or the machine is about to sleep."""


class Watch(Protocol):
    """Watches the screen lock and sleep. It only reports that it is time to lock, never the end of a lock."""

    @property
    def knows_screen(self) -> bool:
        """Whether this system reports a locked screen, as far as known yet."""
        ...

    def start(self, window: QWidget, on_lock_due: Told) -> None:
        """Start listening."""
        ...

    def poll(self) -> None:
        """Poll once, on systems that need polling. Called every few seconds."""
        ...

    def stop(self) -> None:
        """Stop listening. May be started again."""
        ...


class NoWatch:
    """Watch for a system without lock signals. Sleep is still detected by the clocks."""

    knows_screen = False

    def start(self, window: QWidget, on_lock_due: Told) -> None:
        """Do nothing."""

    def poll(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""
