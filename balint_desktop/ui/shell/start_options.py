"""Command-line options of the window, and the display it opens on."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balint_desktop import __version__
from balint_desktop.i18n import tr


@dataclass(frozen=True, slots=True)
class StartOptions:
    """How to start the window."""

    timer_only: bool = False
    data_dir: str | None = None


def parse(arguments: Sequence[str]) -> StartOptions:
    """Parse the options; invalid ones exit with code 2, as in argparse."""
    parser = argparse.ArgumentParser(
        prog="balint-desktop",
        usage="balint-desktop [--timer-only] [--data-dir DIR] [--version] | COMMAND …",
        description=tr("Keeps the time of a Balint group, so you can stay with the group."),
    )
    parser.add_argument("--timer-only", action="store_true", help=tr("clock and prompts only; nothing is stored"))
    parser.add_argument("--data-dir", metavar="DIR", help=tr("store all data in this folder"))
    parser.add_argument("--version", action="version", version=__version__)
    args, unknown = parser.parse_known_args(list(arguments))
    if unknown:
        template = tr("“{words}” is no command or option. “balint-desktop --help” lists them all.")
        parser.error(template.format(words=" ".join(unknown)))
    return StartOptions(args.timer_only, args.data_dir)


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Return whether a window can be opened: without a display Qt would abort the process."""
    if platform != "linux":
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def display_size() -> tuple[int, int]:
    """Return the display's width and height in points. Creates a QApplication, so run it in its own process."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  only this question needs it

    app = QGuiApplication([])
    size = app.primaryScreen().size()
    return size.width(), size.height()
