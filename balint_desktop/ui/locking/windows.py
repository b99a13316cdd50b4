"""Lock signals on Windows: session and power messages.

Written after Microsoft's documentation of WM_WTSSESSION_CHANGE and WM_POWERBROADCAST; not yet run on Windows.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from balint_desktop.ui.locking.watch import Told

_SESSION_CHANGE = 0x02B1
_SESSION_LOCK = 0x7
_POWER = 0x0218
_SUSPEND = 0x4
_THIS_SESSION = 0


def means_lock(message: int, event: int) -> bool:
    """Return whether a window message reports a locked screen or imminent sleep."""
    return (message, event) in {(_SESSION_CHANGE, _SESSION_LOCK), (_POWER, _SUSPEND)}


class WindowsWatch(QAbstractNativeEventFilter):
    """Listens to the window's native messages."""

    def __init__(self) -> None:
        super().__init__()
        self._on_lock_due: Told | None = None
        self._window = 0
        self.knows_screen = False

    def start(self, window: QWidget, on_lock_due: Told) -> None:
        """Start listening, and register for session notifications."""
        self.stop()
        self._on_lock_due = on_lock_due
        self._window = int(window.winId())
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        if sys.platform == "win32":
            # An edition without terminal services may lack the library: then the screen is unknown.
            with contextlib.suppress(OSError, AttributeError):
                register = ctypes.windll.wtsapi32.WTSRegisterSessionNotification
                self.knows_screen = bool(register(wintypes.HWND(self._window), _THIS_SESSION))

    def poll(self) -> None:
        """Do nothing: Windows sends messages."""

    def stop(self) -> None:
        """Stop listening."""
        if self._on_lock_due is None:
            return
        self._on_lock_due = None
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        if sys.platform == "win32" and self.knows_screen:
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
            self.knows_screen = False

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """Inspect a native message and pass it on."""
        if self._on_lock_due is not None and kind == b"windows_generic_MSG":
            native = wintypes.MSG.from_address(int(message))
            if means_lock(native.message, native.wParam):
                self._on_lock_due()
        return False, 0
