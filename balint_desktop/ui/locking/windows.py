"""Lock signals on Windows: session and power messages.

Written after Microsoft's documentation of WM_WTSSESSION_CHANGE and WM_POWERBROADCAST; not yet run on Windows.
"""

from __future__ import annotations

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


def means_lock(message: int, what: int) -> bool:
    """Tell whether a window message says that the screen was locked, or that the machine is about to sleep."""
    return (message, what) in {(_SESSION_CHANGE, _SESSION_LOCK), (_POWER, _SUSPEND)}


class WindowsWatch(QAbstractNativeEventFilter):
    """Listens to the window's own messages."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Told | None = None
        self._window = 0
        self.knows_screen = False

    def start(self, window: QWidget, told: Told) -> None:
        """Listen from here on, and ask for the messages about the screen, which come only then."""
        self.stop()
        self._told = told
        self._window = int(window.winId())
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        if sys.platform == "win32":
            asked = ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(self._window), _THIS_SESSION)
            self.knows_screen = bool(asked)

    def look(self) -> None:
        """Nothing has to be asked: Windows tells."""

    def stop(self) -> None:
        """Listen no more."""
        if self._told is None:
            return
        self._told = None
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """Look at a message and pass it on."""
        if self._told is not None and kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if means_lock(told.message, told.wParam):
                self._told()
        return False, 0
