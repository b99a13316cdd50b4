"""The child `balint-desktop self-test-window`: open the real window, paint it, and close it."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from balint_desktop.app import desktop
from balint_desktop.app.desktop import Desktop

_NOTHING_PAINTED = 3


def main(arguments: list[str]) -> int:
    """Open the window with these arguments. Return 0 once it was painted and closed."""
    painted: list[bool] = []

    def close(opened: Desktop) -> None:
        picture = opened.shell.grab()
        painted.append(not picture.isNull() and picture.width() > 0)
        QTimer.singleShot(0, opened.shell.close)

    code = desktop.main(arguments, during=close)
    return code or (0 if painted == [True] else _NOTHING_PAINTED)
