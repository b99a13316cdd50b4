"""Take from the engine's process what it does not need: files to write, the network, priority, a core file."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys

_MEMORY_BYTES = 4 << 30
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_IDLE_PRIORITY_CLASS = 0x40


def give_up_network() -> bool:
    """Move this process into a network of its own with nothing in it, where Linux lets it; return whether it did.

    Called before a second thread runs. Elsewhere nothing in the process opens a connection, which the tests watch.
    """
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return any(libc.unshare(way) == 0 for way in (_NEW_USER | _NEW_NET, _NEW_NET))
    return False


def give_way() -> None:
    """Run behind everything else that the computer does."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE_PRIORITY_CLASS)
    else:
        with contextlib.suppress(OSError):
            os.nice(19)


def give_up_files() -> None:
    """Forbid this process to write a byte to any file, to leave a core file, and to take more than 4 GiB.

    Called once everything is loaded: pipes go on, files do not.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  Windows has none

    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, _MEMORY_BYTES)


def _limit(which: int, most: int) -> None:
    import resource  # noqa: PLC0415

    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))
