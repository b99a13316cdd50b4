"""Lock automatically: idle minutes, sleep by the clocks, system signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.locking import DEFAULT_MINUTES, Beat, has_idled, has_slept
from balint_desktop.ui.locking.watch import Watch

_BEAT_MS = 2000


@dataclass(frozen=True, slots=True)
class AutoLockDeps:
    """Dependencies of the automatic lock. `in_use` is True while a session or playback runs without input.

    `awake_s` is a monotonic clock that stops in sleep (seconds).
    """

    clock: Clock
    awake_s: Callable[[], float]
    watch: Watch
    in_use: Callable[[], bool]
    lock: Callable[[], None]


class AutoLock(QObject):
    """Locks an open vault when idle. Holds only the time of the last input, in memory."""

    def __init__(self, deps: AutoLockDeps, window: QWidget) -> None:
        super().__init__(window)
        self._deps = deps
        self._window = window
        self.minutes = DEFAULT_MINUTES
        self._touch: Touch | None = None
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._touched = deps.clock.now()
        self._beat = Beat(self._touched, deps.awake_s())

    @property
    def knows_screen(self) -> bool:
        """Whether this system reports a locked screen."""
        return self._deps.watch.knows_screen

    def start(self) -> None:
        """Start watching; call it when the vault has just been opened."""
        self.touched()
        self._beat = Beat(self._touched, self._deps.awake_s())
        if self._timer.isActive():
            return
        if self._touch is None and self._window.windowHandle() is not None:
            self._touch = Touch(self._window.windowHandle(), self.touched)
        self._deps.watch.start(self._window, self._deps.lock)
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        if self._timer.isActive():
            self._timer.stop()
            self._deps.watch.stop()

    def touched(self) -> None:
        """Reset the idle time. The first input after sleep does not cancel the lock due to the sleep."""
        self._touched = self._deps.clock.now()

    def beat(self) -> None:
        """Lock if the idle time has passed."""
        before, self._beat = self._beat, Beat(self._deps.clock.now(), self._deps.awake_s())
        self._deps.watch.poll()
        if has_slept(before, self._beat):
            self._deps.lock()
        elif self._deps.in_use():
            self._touched = self._beat.at
        elif has_idled(self._touched, self._beat.at, self.minutes):
            self._deps.lock()


# A key that triggers a shortcut never reaches the window as a press, only as a release.
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class Touch(QObject):
    """Reports user input. Installed on the window: on the application it would see every widget's events."""

    def __init__(self, window: QWindow, touched: Callable[[], None]) -> None:
        super().__init__(window)
        self._touched = touched
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched()
        return super().eventFilter(watched, event)
