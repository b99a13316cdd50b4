"""Protocol of a system's lock watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

Told = Callable[[], None]
"""Called on the main thread when it is time to lock: the screen was locked, or the machine is about to sleep."""


class Watch(Protocol):
    """Hears of the screen and of sleep. It only ever says that it is time to lock, never that it is over."""

    @property
    def knows_screen(self) -> bool:
        """Whether this system tells when its screen is locked, as far as is known by now."""
        ...

    def start(self, window: QWidget, told: Told) -> None:
        """Listen from here on."""
        ...

    def look(self) -> None:
        """Look once, where a system has to be asked. Called every few seconds."""
        ...

    def stop(self) -> None:
        """Listen no more. May be started again."""
        ...


class NoWatch:
    """The watch of a system that tells nothing. Its sleep still shows in the clocks."""

    knows_screen = False

    def start(self, window: QWidget, told: Told) -> None:
        """Hear nothing."""

    def look(self) -> None:
        """See nothing."""

    def stop(self) -> None:
        """Go on hearing nothing."""
