"""Lock detection on macOS, by polling.

The notification of a locked screen reaches Objective-C programs only, so the session's own dictionary is read.
Written after Apple's documentation of CGSessionCopyCurrentDictionary; not yet run on macOS.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.locking.watch import Told

_FRAMEWORKS = "/System/Library/Frameworks"
_KEY = b"CGSSessionScreenIsLocked"
_UTF8 = 0x08000100


class MacWatch:
    """Polls the screen lock, and reports each change to locked once."""

    def __init__(self, is_locked: Callable[[], bool | None] | None = None) -> None:
        self._is_locked = is_locked or screen_is_locked
        self._on_lock_due: Told | None = None
        self._was_locked = False
        self.knows_screen = False

    def start(self, window: QWidget, on_lock_due: Told) -> None:  # noqa: ARG002  other systems need the window
        """Start polling."""
        self._on_lock_due = on_lock_due
        self._was_locked = False
        self.knows_screen = self._is_locked() is not None

    def poll(self) -> None:
        """Read whether the screen is locked."""
        is_locked = bool(self._is_locked())
        if is_locked and not self._was_locked and self._on_lock_due is not None:
            self._on_lock_due()
        self._was_locked = is_locked

    def stop(self) -> None:
        """Stop polling."""
        self._on_lock_due = None


def screen_is_locked() -> bool | None:
    """Return whether the screen is locked, None if unknown, as in a session without a screen."""
    try:
        core = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
        graphics = ctypes.CDLL(f"{_FRAMEWORKS}/CoreGraphics.framework/CoreGraphics")
        return _read(core, graphics)
    except (OSError, AttributeError):  # no such library, or no such function in it
        return None


def _read(core: ctypes.CDLL, graphics: ctypes.CDLL) -> bool | None:
    pointer = ctypes.c_void_p
    graphics.CGSessionCopyCurrentDictionary.restype = pointer
    core.CFStringCreateWithCString.restype = pointer
    core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    core.CFDictionaryGetValue.restype = pointer
    core.CFDictionaryGetValue.argtypes = [pointer, pointer]
    core.CFBooleanGetValue.restype = ctypes.c_ubyte
    core.CFBooleanGetValue.argtypes = [pointer]
    core.CFRelease.argtypes = [pointer]
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return None
    key = core.CFStringCreateWithCString(None, _KEY, _UTF8)
    found = core.CFDictionaryGetValue(session, key)
    locked = bool(found and core.CFBooleanGetValue(found))
    core.CFRelease(key)
    core.CFRelease(session)
    return locked
