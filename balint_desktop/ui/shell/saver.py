"""Save a text within a second of each change, off the main thread; retry what failed until it is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.shell.work import Work

Value = TypeVar("Value")
_RETRY_MS = 5_000


class Saver(QObject, Generic[Value]):
    """Saves the latest of a value. One save at a time; a value that a later one has replaced is skipped.

    Savers that share a `lock` never save at once. `failed` is called once for each time that saving begins to fail,
    `recovered` once it works again.
    """

    def __init__(
        self,
        work: Work,
        failed: Callable[[Trouble], None],
        recovered: Callable[[], None],
        lock: threading.Lock | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._failed, self._recovered = failed, recovered
        self._save: Callable[[Value], None] | None = None
        self._waiting: list[Value] = []
        self._is_saving = False
        self._is_failing = False
        # Held while a value is written: leaving the page saves on the main thread, after whatever is being written.
        self._lock = lock or threading.Lock()
        self._sequence = 0
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self._start)

    @property
    def is_saved(self) -> bool:
        """Whether nothing waits to be saved."""
        return not self._waiting and not self._is_saving

    @property
    def is_failing(self) -> bool:
        """Whether the last save failed."""
        return self._is_failing

    def begin(self, save: Callable[[Value], None]) -> None:
        """Save values with this from now on."""
        self._save = save
        self._is_failing = False

    def save(self, value: Value) -> None:
        """Save a value soon."""
        self._waiting = [value]
        self._start()

    def flush(self) -> None:
        """Save what waits before returning, as when the vault is about to be closed. Raise Trouble."""
        self._retry.stop()
        with self._lock:
            self._sequence += 1
            if not self._waiting or self._save is None:
                return
            try:
                self._save(self._waiting[-1])
            except Trouble:
                self._retry.start()
                raise
            self._waiting.clear()
        if self._is_failing:
            self._is_failing = False
            self._recovered()

    def _start(self) -> None:
        if self._is_saving or not self._waiting or self._save is None:
            return
        self._retry.stop()
        self._is_saving = True
        self._sequence += 1
        sequence, value, save = self._sequence, self._waiting[-1], self._save

        def write() -> bool:
            with self._lock:
                if sequence != self._sequence:
                    return False
                save(value)
                return True

        self._work.run(write, lambda is_written: self._on_done(value, is_written), self._on_failed, owner=self)

    def _on_done(self, value: Value, is_written: bool) -> None:
        self._is_saving = False
        if not is_written:
            # The page was left meanwhile, and saved by itself; a failure of that is retried.
            return
        self._waiting = [one for one in self._waiting if one is not value]
        if self._is_failing:
            self._is_failing = False
            self._recovered()
        self._start()

    def _on_failed(self, trouble: Trouble) -> None:
        self._is_saving = False
        self._retry.start()
        if not self._is_failing:
            self._is_failing = True
            self._failed(trouble)
