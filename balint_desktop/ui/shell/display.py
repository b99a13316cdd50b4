"""Check for a display without starting Qt, which would abort the process."""

from __future__ import annotations


def display_size() -> tuple[int, int]:
    """Return the display's width and height in points. Creates a QApplication, so run it in its own process."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  only this question needs it

    app = QGuiApplication([])
    size = app.primaryScreen().size()
    return size.width(), size.height()
