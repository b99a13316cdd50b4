"""The cost of a key and of a page: F11, F12 and back in a session, and each place, with every place built before.

Elapsed time until what changed is painted, quiet and beside busy loops. Run as a program it is the window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from processes import measured_apart

KEY_MS, PAGE_MS = 50.0, 50.0
_LONGEST_S = 180.0
_TIMES = 5


@dataclass(frozen=True)
class Pressed:
    """Milliseconds: each press of F11 and F12, and each change of page."""

    alone_ms: list[float]
    dim_ms: list[float]
    page_ms: list[float]


def press_keys(*, busy: bool = False) -> Pressed:
    """Press both keys there and back in a process of its own, without a screen."""
    with _busy_loops(os.cpu_count() or 1 if busy else 0):
        return Pressed(**measured_apart(__file__, "the room was never shown", _LONGEST_S))


@contextmanager
def _busy_loops(many: int):
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(many)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _be_the_window(folder: Path) -> Pressed:
    from kept_vaults import keep_session  # noqa: PLC0415  only the window needs them
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from balint_desktop.app.desktop import Desktop  # noqa: PLC0415
    from balint_desktop.data_folder import DataFolder  # noqa: PLC0415
    from balint_desktop.domain.clock import SystemClock  # noqa: PLC0415
    from balint_desktop.ui.shell.shell import PlaceKey  # noqa: PLC0415
    from balint_desktop.ui.theme.theme import STYLE  # noqa: PLC0415

    app = QApplication(["bench", *STYLE])
    kept = keep_session(folder / "data", redacted=False)
    desktop = Desktop(app, DataFolder(kept.data), SystemClock())
    shell = desktop.shell
    shell.resize(1280, 720)
    desktop.start()
    desktop.context.vault.unlock(kept.made.secret)
    desktop.places.open()

    def took(act: Callable[[], None]) -> float:
        began = time.perf_counter()
        act()
        for _ in range(3):
            app.processEvents()
        return 1000 * (time.perf_counter() - began)

    places = [key for key in PlaceKey if key in shell._builders]
    for key in places:
        took(lambda key=key: shell.show_place(key))
    pages = [took(lambda key=key: shell.show_place(key)) for _ in range(_TIMES) for key in places]
    desktop.session.try_it_now()
    room = desktop.session.flow.page
    room.acts.begin()
    took(lambda: None)
    alone, dim = (
        [took(lambda key=key: QTest.keyClick(shell.focusWidget() or room, key)) for _ in range(2 * _TIMES)]
        for key in (Qt.Key.Key_F11, Qt.Key.Key_F12)
    )
    shell.may_close = lambda: True
    shell.close()
    desktop.shutdown()
    return Pressed(alone, dim, pages)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(asdict(_be_the_window(Path(temporary)))), flush=True)
    os._exit(0)
