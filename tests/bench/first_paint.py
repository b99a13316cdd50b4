"""How long until the first paint: our window, or a bare one with a label, from the start of the process."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Ends the process once the window has been painted for the first time."""

    def eventFilter(self, watched, event):  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return False


def bare():
    """Open a window with one label."""
    app = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("A label"))
    window.resize(1280, 720)
    watch = FirstPaint()
    window.installEventFilter(watch)
    window.show()
    return app.exec()


def ours(folder):
    """Open the app as it ships, with an empty data folder."""
    from balint_desktop import app  # noqa: PLC0415  the bare window must not pay for it

    watch = FirstPaint()
    show = QMainWindow.show

    def shown(window):
        window.installEventFilter(watch)
        show(window)

    QMainWindow.show = shown
    return app.main(["--data-dir", folder])


if __name__ == "__main__":
    began = time.monotonic()
    code = bare() if sys.argv[1] == "bare" else ours(str(Path(sys.argv[2])))
    sys.exit(code)
