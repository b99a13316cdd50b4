"""The folder in which file dialogs open: that of the last file saved or opened since the app started.

It is kept in memory alone: a path may name a group, and the window's preferences are not encrypted.
"""

from __future__ import annotations

from pathlib import Path

_last: list[Path] = []


def last_folder() -> Path:
    """Return the last folder used, the user's own where there is none or it has gone, as a stick that was unplugged."""
    return _last[0] if _last and _last[0].is_dir() else Path.home()


def remember_folder(folder: Path) -> None:
    """Open the next dialog in this folder."""
    _last[:] = [folder]
