"""Show a folder in the system's file browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from balint_desktop.sealed.disk import make_private_folder


def open_folder(folder: Path) -> None:
    """Show a folder, made if it is not there yet. Raise Trouble."""
    make_private_folder(folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
