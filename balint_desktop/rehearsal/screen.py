"""A screen for the rehearsal: the real one, Xvfb, or offscreen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from balint_desktop.i18n import tr

_SIZE = "1280x720x24"
_START_S = 10.0


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen the window is shown on: a description, and the environment of the process that opens it."""

    messages: str
    environment: Mapping[str, str]


@contextmanager
def screen() -> Iterator[Screen]:
    """Provide a screen for the duration of the block."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield Screen(tr("this screen"), {})
        return
    server = _started()
    if server is None:
        yield Screen(tr("no screen, drawn in memory"), {"QT_QPA_PLATFORM": "offscreen"})
        return
    process, display = server
    try:
        yield Screen(tr("a virtual screen (Xvfb, {size})").format(size="1280x720"), {"DISPLAY": display})
    finally:
        process.terminate()
        process.wait(_START_S)


def _started() -> tuple[subprocess.Popen[bytes], str] | None:
    """Start a virtual screen, which chooses its own number, and return it; None where it cannot start."""
    program = shutil.which("Xvfb")
    if program is None:
        return None
    ours, theirs = os.pipe()
    command = (program, "-displayfd", str(theirs), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset")
    process = subprocess.Popen(
        command, pass_fds=(theirs,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    with os.fdopen(ours, encoding="ascii") as pipe:
        # The server writes the number once the screen is usable; the pipe closes where the server has ended.
        number = pipe.readline().strip()
    if number:
        return process, f":{number}"
    process.wait(_START_S)
    return None
