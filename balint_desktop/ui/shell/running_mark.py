"""A mark by which Windows' installer sees that the program runs: it waits then, and closes no session."""

from __future__ import annotations

import contextlib
import sys

# In the user's own session, and on the whole computer: an installer for all users looks there.
_NAMES = ("BalintDesktop.BalintDesktop", r"Global\BalintDesktop.BalintDesktop")


def set_running_mark() -> None:
    """Make the mark; the system removes it with the process. Nothing on other systems, which replace files in use."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  this branch alone

        for name in _NAMES:
            with contextlib.suppress(OSError, AttributeError):
                ctypes.windll.kernel32.CreateMutexW(None, False, ctypes.c_wchar_p(name))
