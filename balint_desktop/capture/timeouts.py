"""Calls into the sound system that may never come back: on a thread that can be left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from balint_desktop.domain.trouble import Trouble, TroubleCode

_T = TypeVar("_T")
_NAME = "asks the sound system"


def within(limit_s: float, work: Callable[[], _T]) -> _T:
    """Return what the work returns, or raise what it raises.

    Raise Trouble SOUND_SYSTEM_FROZEN where it takes longer than the limit: a sound server that stands still holds
    whoever asks it anything, for ever. The process should then end; the thread is left where it hangs.
    """
    results: list[_T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  the top of a thread: raised again on the caller's
            errors.append(error)

    thread = threading.Thread(target=run, name=_NAME, daemon=True)
    thread.start()
    thread.join(limit_s)
    if errors:
        raise errors[0]
    if not results:
        raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN)
    return results[0]


def someone_hangs() -> bool:
    """Tell whether a call is still on its way."""
    return any(thread.name == _NAME for thread in threading.enumerate())
