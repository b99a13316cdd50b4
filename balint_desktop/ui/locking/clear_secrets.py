"""Clear secrets from the screen and from memory on locking."""

from __future__ import annotations

import gc

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def close_other_windows(but: QWidget) -> None:
    """Close other windows: a file or print dialog shows names and would outlive its page."""
    for window in QApplication.topLevelWidgets():
        if window is not but and window.isVisible():
            window.close()


def clear_clipboard(clipboard: QClipboard | None = None) -> None:
    """Clear the clipboard if its content came from this window, such as a passphrase. Other content is left."""
    clipboard = clipboard or QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def empty_clipboard() -> None:
    """Clear the clipboard whatever its source: the laptop is about to be handed over."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def collect_soon() -> None:
    """Collect garbage once Qt has deleted the closed pages: reference cycles need the collector."""
    QTimer.singleShot(0, gc.collect)
