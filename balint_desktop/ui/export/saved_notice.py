"""The notice after an export: where the file is, with Open and Show in folder. It ends with its page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Message, Messages
from balint_desktop.ui.widgets.lifetime import is_alive


def show_saved(messages: Messages, page: QWidget, path: Path, words: str = "") -> None:
    """Say where a file or a folder of files was saved, until the page is left. `words` replaces the sentence."""
    text = words or tr("Saved as {path}. It is not encrypted: anyone who has the file can read it.")
    show = tr("Show in folder")
    if path.is_dir():
        message = Message(text.format(path=path), action=show, on_action=lambda: _attempt(messages, path, open_file))
    else:
        message = Message(
            text.format(path=path),
            action=tr("Open"),
            on_action=lambda: _attempt(messages, path, open_file),
            second_action=show,
            on_second_action=lambda: _attempt(messages, path, show_in_folder),
        )
    messages.show(message)
    _EndsWithPage(page, messages, message)


def open_file(path: Path) -> bool:
    """Open a file with the system's program for it; return whether one was asked."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show a file in the system's file manager, selected where the system can; return whether one was asked."""
    if sys.platform == "win32":
        # One argument: Explorer takes the comma for its own.
        return bool(QProcess.startDetached("explorer.exe", [f"/select,{path}"])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("/usr/bin/open", ["-R", str(path)])[0])
    return open_file(path.parent)


def _attempt(messages: Messages, path: Path, act: Callable[[Path], bool]) -> None:
    if not path.exists():
        messages.wrong(tr("{path} is no longer there.").format(path=path))
    elif not act(path):
        messages.wrong(tr("No program on this computer opens {path}.").format(path=path))


class _EndsWithPage(QObject):
    """Dismisses a message when its page is hidden or deleted."""

    def __init__(self, page: QWidget, messages: Messages, message: Message) -> None:
        super().__init__(page)
        self._page, self._messages, self._message = page, messages, message
        page.installEventFilter(self)
        # It is deleted with its page, also where that was not hidden first.
        self.destroyed.connect(lambda: messages.dismiss(message) if is_alive(messages) else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A minimised window hides its pages too, and brings them back with their notice.
        ends = event.type() is QEvent.Type.Hide and not event.spontaneous()
        if watched is self._page and ends:
            self._messages.dismiss(self._message)
            self._end()
        elif self._messages.last is not self._message:
            self._end()
        return False

    def _end(self) -> None:
        if is_alive(self._page):
            self._page.removeEventFilter(self)
        self.deleteLater()
