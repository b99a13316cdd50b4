"""The notice after an export: where the file is, with Open and Show in folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Message, Messages


def show_saved(messages: Messages, path: Path, words: str = "") -> None:
    """Say where a file or a folder of files was saved. `words` replaces the sentence."""
    text = words or tr("Exported to {path}. It is not encrypted: anyone who has the file can read it.")
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


def show_copied(
    messages: Messages, folder: Path, words: str, next_step: str = "", on_next_step: Callable[[], None] | None = None
) -> None:
    """Say that a sealed copy was made, and offer to show its folder, and a next step."""
    message = Message(
        words,
        action=tr("Show in folder"),
        on_action=lambda: _attempt(messages, folder, show_in_folder),
        second_action=next_step,
        on_second_action=on_next_step,
    )
    messages.show(message)


def open_file(path: Path) -> bool:
    """Open a file with the system's program for it; return whether one was asked."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show a file in the system's file manager, selected where the system can; return whether one was asked."""
    if sys.platform == "win32":
        # Two arguments, as Explorer reads them: of one, quoted for a space in it, it would find no path.
        return bool(QProcess.startDetached("explorer.exe", ["/select,", str(path)])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("/usr/bin/open", ["-R", str(path)])[0])
    return open_file(path.parent)


def _attempt(messages: Messages, path: Path, act: Callable[[Path], bool]) -> None:
    if not path.exists():
        messages.wrong(tr("{path} is no longer there.").format(path=path))
    elif not act(path):
        messages.wrong(tr("No program on this computer can open {path}.").format(path=path))
