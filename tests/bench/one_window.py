"""One of the windows whose first paint is timed: the app as it ships, or a bare one with a label.

It says when it was painted, and how much memory it holds by then; then it ends. What it imports counts, so it imports
nothing that the window could do without.
"""

import sys
import time


def watched(show):
    """Return a window's `show` that reports its first paint."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415  the app decides when Qt is imported
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    class FirstPaint(QObject):
        is_painted = False

        def eventFilter(self, watched, event):  # noqa: N802  Qt's name
            # Of the window's surface: a window that its pages cover is not asked to paint anything itself.
            if event.type() in {QEvent.Type.Expose, QEvent.Type.Paint} and not self.is_painted:
                self.is_painted = True
                # The event comes before the painting; the timer's turn comes after it.
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self):
            painted_s = time.monotonic()
            from processes import peak_mb  # noqa: PLC0415  after the paint

            # The clock is the same for all processes of a machine.
            print(painted_s, peak_mb(), flush=True)
            QApplication.quit()

    def shown(window):
        show(window)
        window.windowHandle().installEventFilter(FirstPaint(window))

    return shown


def bare(*, flags):
    """Open a window with one label; with `flags` it is kept on top and the label centred.

    The first of Qt's flags that a program uses makes its bindings read the enums: any window with a layout of its own
    pays for that, and one without is no window that anybody ships.
    """
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415

    app = QApplication(["bare"])
    window = QMainWindow()
    label = QLabel("A label")
    if flags:
        from PySide6.QtCore import Qt  # noqa: PLC0415

        window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setCentralWidget(label)
    window.resize(1280, 720)
    watched(QMainWindow.show)(window)
    return app.exec()


def ours(folder):
    """Open the app by its own way in, with an empty data folder."""
    from balint_desktop import __main__ as program  # noqa: PLC0415  the bare window must not pay for it

    import_module = program.import_module

    def imported(name):
        module = import_module(name)
        from PySide6.QtWidgets import QMainWindow  # noqa: PLC0415

        QMainWindow.show = watched(QMainWindow.show)
        return module

    program.import_module = imported
    return program.main(["--data-dir", folder])


if __name__ == "__main__":
    sys.exit(ours(sys.argv[2]) if sys.argv[1] == "ours" else bare(flags=sys.argv[1] == "flags"))
