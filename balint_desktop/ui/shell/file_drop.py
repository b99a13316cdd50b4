"""Take a file that is dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Accepts one local file at a time that `takes` is true of, and calls `dropped` with it after the drop."""

    def __init__(self, window: QWidget, takes: Callable[[Path], bool], dropped: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._takes, self._dropped = takes, dropped
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            path = _file_in(event.mimeData())
            if path is None or not self._takes(path):
                event.ignore()
                return True
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self._dropped(path)
            return True
        return False


def _file_in(data: QMimeData) -> Path | None:
    """Return the only file dragged, None for several or for anything else."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
