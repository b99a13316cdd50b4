"""Run a function on a background thread and deliver its result on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.lifetime import is_alive

T = TypeVar("T")
_LONGEST_WAIT_MS = 10_000


class Work(QObject):
    """Runs background work. Lives on the main thread; `post` may be called from any.

    A Trouble goes to `failed`; any other exception is raised again on the main thread, for the excepthook.
    Nothing is delivered if the owner was deleted, nor after `shutdown`. Work that must complete without a
    widget, such as logging a recording, uses an owner that lasts as long as the window.
    """

    busy_changed = Signal(bool)
    _ended = Signal(int, object)
    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(1000)
        # What is running, held here until it has been delivered: a widget whose last reference ends on a job's thread
        # would be deleted from there.
        self._running: dict[int, _Running] = {}
        self._started = 0
        self._closed = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether work is in progress."""
        return bool(self._running)

    @property
    def closed(self) -> bool:
        """Whether the app is closing: long work should stop. Thread-safe."""
        return self._closed

    def run(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Trouble], None], owner: QObject
    ) -> None:
        """Run job in a thread, then call done or failed on the main thread, unless owner was deleted by then."""
        if self._closed:
            return
        number = self._started
        self._started += 1
        self._running[number] = _Running(job, done, failed, owner)
        if len(self._running) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Job(job, lambda outcome: self._ended.emit(number, outcome)))

    def run_once(
        self,
        pressed: QWidget,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
        owner: QObject,
    ) -> None:
        """Run as `run` does, with the button that was pressed off until it is done; one that is off does nothing.

        Pressed twice, it would be done twice.
        """
        if not pressed.isEnabled():
            return
        pressed.setEnabled(False)

        def ended(result: T) -> None:
            pressed.setEnabled(True)
            done(result)

        def ended_badly(trouble: Trouble) -> None:
            pressed.setEnabled(True)
            failed(trouble)

        self.run(job, ended, ended_badly, owner)

    def post(self, call: Callable[[], None], owner: QObject) -> None:
        """Run call on the main thread soon, unless owner was deleted by then. Thread-safe."""
        if not self._closed:
            self._posted.emit(call, owner)

    def shutdown(self) -> None:
        """Stop delivering, and wait for running jobs."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone(_LONGEST_WAIT_MS)
        self._running.clear()

    @Slot(object, object)
    def _on_posted(self, call: Callable[[], None], owner: QObject) -> None:
        if not self._closed and is_alive(owner):
            call()

    @Slot(int, object)
    def _on_ended(self, number: int, outcome: _Outcome) -> None:
        if self._closed:
            return
        ended = self._running.pop(number)
        if not self._running:
            self.busy_changed.emit(False)
        if not is_alive(ended.owner):
            return
        if isinstance(outcome.error, Trouble):
            ended.failed(outcome.error)
        elif outcome.error is not None:
            raise outcome.error
        else:
            ended.done(outcome.result)


@dataclass(frozen=True, slots=True)
class _Running:
    """A job, what its outcome goes to, and the object that must be alive for it."""

    job: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Trouble], None]
    owner: QObject


class _Outcome:
    """A job's result, or its exception."""

    def __init__(self, result: Any = None, error: BaseException | None = None) -> None:
        self.result = result
        self.error = error


class _Job(QRunnable):
    """A job on its thread."""

    def __init__(self, job: Callable[[], Any], ended: Callable[[_Outcome], None]) -> None:
        super().__init__()
        self._to_do: list[tuple[Callable[[], Any], Callable[[_Outcome], None]]] = [(job, ended)]

    def run(self) -> None:
        """Run the job and always deliver an outcome."""
        # Cleared, since the pool may retain a job that finished before `start` returned, and with it the job's
        # arguments, such as keys to recordings: WORKAROUND for PySide's QThreadPool.start, seen in 6.11.3.
        job, ended = self._to_do.pop()
        try:
            outcome = _Outcome(result=job())
        except BaseException as error:  # noqa: BLE001  the top of a thread: no exception may be lost here
            outcome = _Outcome(error=error)
        # Before it is delivered, since what it holds may then be deleted, and must not be from here.
        del job
        ended(outcome)
