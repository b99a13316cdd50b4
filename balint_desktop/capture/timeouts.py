"""Run a call with a timeout on a thread that may be abandoned: the sound system can hang for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from balint_desktop.domain.trouble import Trouble, TroubleCode

_T = TypeVar("_T")
_THREAD_NAME = "calls the sound system"


def call_with_timeout(timeout_s: float, call: Callable[[], _T]) -> _T:
    """Call a function on another thread, and return its result or raise its exception.

    Raise Trouble SOUND_SYSTEM_FROZEN after the timeout: a sound server that hangs blocks its callers for ever. The
    process should then end; the thread is abandoned.
    """
    results: list[_T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:  # noqa: BLE001  the top of a thread: raised again on the caller's
            errors.append(error)

    thread = threading.Thread(target=run, name=_THREAD_NAME, daemon=True)
    thread.start()
    thread.join(timeout_s)
    if errors:
        raise errors[0]
    if not results:
        raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN)
    return results[0]


class BackgroundCall:
    """A call on a thread of its own, which nobody waits for."""

    def __init__(self, call: Callable[[], object]) -> None:
        """Begin the call."""
        self._call = call
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=_THREAD_NAME, daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Return whether the call has returned or failed."""
        return not self._thread.is_alive()

    def raise_failure(self) -> None:
        """Raise what the call raised, if anything."""
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._call()
        except Exception as error:  # noqa: BLE001  the top of a thread: raised again on the caller's
            self._failure = error


def has_hanging_call() -> bool:
    """Return whether an abandoned call has not returned yet."""
    return any(thread.name == _THREAD_NAME for thread in threading.enumerate())
