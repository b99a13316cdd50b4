"""Clear secrets from the screen and from memory on locking."""

from __future__ import annotations

import gc

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def close_other_windows(but: QWidget) -> None:
    """Close what lies over the window: a chooser of files or printers shows names, and would outlive its place."""
    for window in QApplication.topLevelWidgets():
        if window is not but and window.isVisible():
            window.close()


def clear_clipboard(clipboard: QClipboard | None = None) -> None:
    """Take back what was copied out of this window, which may be a passphrase that was shown. Others' is left alone."""
    clipboard = clipboard or QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def empty_clipboard() -> None:
    """Take back whatever was copied, here or elsewhere: somebody else is about to have the keys of this window."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def collect_soon() -> None:
    """Free what the closed places held, once Qt has deleted them: parts that hold each other wait for the collector."""
    QTimer.singleShot(0, gc.collect)
