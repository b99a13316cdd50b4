"""How long until the first paint: our window with an empty data folder, or a bare one with a label.

Run as a program it is one of the two windows, which says when it was painted and ends.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from processes import DidNotRun, environment, peak_mb

AIM = 1.4
_LONGEST_S = 30.0


@dataclass(frozen=True)
class Painted:
    """How long after the start of its process a window was painted, and how much memory it held at most by then."""

    after_ms: float
    peak_mb: float


def paint_ours() -> Painted:
    """Open the app as it ships, with an empty data folder."""
    return _paint("ours")


def paint_bare() -> Painted:
    """Open a window with one label."""
    return _paint("bare")


def _paint(side: str) -> Painted:
    with tempfile.TemporaryDirectory() as folder:
        began_s = time.monotonic()
        done = subprocess.run(
            [sys.executable, __file__, side, str(Path(folder) / "data")],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"the window was never painted: {done.stderr.strip()[-200:]}")
    painted_s, peak = map(float, done.stdout.split())
    return Painted((painted_s - began_s) * 1000, peak)


def _paint_window(side: str, folder: str) -> int:
    """Be one of the two windows."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415  the bench itself needs no Qt
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415

    class FirstPaint(QObject):
        """Tells once the window has been painted for the first time, and ends the process."""

        told = False

        def eventFilter(self, watched, event):  # noqa: N802  Qt's name
            if event.type() == QEvent.Type.Paint and not self.told:
                self.told = True
                # The event comes before the painting; the timer's turn comes after it.
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self):
            # The clock is the same for all processes of a machine.
            print(time.monotonic(), peak_mb(), flush=True)
            QApplication.quit()

    watch = FirstPaint()
    if side == "bare":
        app = QApplication(["bare"])
        window = QMainWindow()
        window.setCentralWidget(QLabel("A label"))
        window.resize(1280, 720)
        window.installEventFilter(watch)
        window.show()
        return app.exec()

    from balint_desktop import app as ours  # noqa: PLC0415  the bare window must not pay for it

    show = QMainWindow.show

    def shown(window):
        window.installEventFilter(watch)
        show(window)

    QMainWindow.show = shown
    return ours.main(["--data-dir", folder])


if __name__ == "__main__":
    sys.exit(_paint_window(sys.argv[1], sys.argv[2]))
