"""Ask for a folder or a file with the system's own dialog.

The choice is used only if the page still exists: the vault may be locked while the dialog is open.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.export.last_folder import last_folder, remember_folder
from balint_desktop.ui.widgets.lifetime import is_alive

AskFolder = Callable[[QWidget, str], Path | None]
"""Asks for a folder: parent, title; None if cancelled."""
AskFile = Callable[[QWidget, str, str], Path | None]
"""Asks for a file: parent, title, kind of file; None if cancelled."""


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder. The chooser is imported on first use."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  not needed before the first paint

    chosen = QFileDialog.getExistingDirectory(parent, title, str(last_folder()))
    if not chosen or not is_alive(parent):
        return None
    remember_folder(Path(chosen))
    return Path(chosen)


def ask_for_file(parent: QWidget, title: str, kind: str) -> Path | None:
    """Ask for a file to read. The chooser is imported on first use."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  not needed before the first paint

    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(last_folder()), kind)
    if not chosen or not is_alive(parent):
        return None
    remember_folder(Path(chosen).parent)
    return Path(chosen)
