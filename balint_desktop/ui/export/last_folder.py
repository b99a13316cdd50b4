"""The folder in which file dialogs open: that of the last file saved or opened, also after a restart.

It is stored in the open vault alone, and forgotten when that closes: a path may name a group or a person, and the
window's preferences are not encrypted. Without a vault it is in memory until the app closes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from balint_desktop.domain.trouble import Trouble

_last: list[Path] = []
_writers: list[Callable[[str], None]] = []


def last_folder() -> Path:
    """Return the last folder used, the user's own where there is none or it has gone, as a stick that was unplugged."""
    return _last[0] if _last and _last[0].is_dir() else Path.home()


def remember_folder(folder: Path) -> None:
    """Open the next dialog in this folder. Where it cannot be stored, it is remembered until the vault closes."""
    _last[:] = [folder]
    for write in _writers:
        with suppress(Trouble):
            write(str(folder))


def keep_in_vault(read: Callable[[], str], write: Callable[[str], None]) -> None:
    """Take the folder that an opened vault remembers, and store the next ones there. `read` may raise Trouble."""
    _writers[:] = [write]
    stored = ""
    with suppress(Trouble):
        stored = read()
    if stored:
        _last[:] = [Path(stored)]


def forget_folder() -> None:
    """Forget the folder: the vault is about to close."""
    _writers.clear()
    _last.clear()
