"""A child process at the other end of pipes: read from it exactly, discard what it prints, and end it."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable

_END_TIMEOUT_S = 10.0
_CHUNK = 4096


def read_exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    """Return exactly `size` bytes, None if the input ends first."""
    data = bytearray()
    while len(data) < size:
        more = read(size - len(data))
        if not more:
            return None
        data += more
    return bytes(data)


def drop_errors(child: subprocess.Popen[bytes], name: str) -> threading.Thread:
    """Discard what a child's libraries print, on a thread that ends with the child, and return the thread.

    A full pipe would block the child. Nothing reads it: it may contain anything, words of a recording too.
    """
    thread = threading.Thread(target=_drop, args=(child,), name=f"drops {name}", daemon=True)
    thread.start()
    return thread


def _drop(child: subprocess.Popen[bytes]) -> None:
    if child.stderr is not None:
        with child.stderr as errors:
            while errors.read(_CHUNK):
                pass


def kill(child: subprocess.Popen[bytes]) -> None:
    """Kill a child that holds nothing worth saving, wait for its end, and close its pipes.

    Raise TimeoutExpired if the system does not end it.
    """
    child.kill()
    child.wait(_END_TIMEOUT_S)
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
