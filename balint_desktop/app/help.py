"""Open Help from wherever it is asked for, and come back to there."""

from __future__ import annotations

from collections.abc import Callable

from balint_desktop.ui.shell.shell import Shell


def accept_help(shell: Shell, is_passed_round: Callable[[], bool]) -> None:
    """Open Help on the window's key and on each *Learn more*, not while the laptop is passed round."""

    def on_asked(key: str) -> None:
        if not is_passed_round():
            _open(shell, key)

    shell.help_asked.connect(on_asked)


def _open(shell: Shell, key: str) -> None:
    from balint_desktop.ui.help.pages_of import page_of
    from balint_desktop.ui.help.place import HelpPlace

    place = shell.place(shell.current) if shell.current is not None else None
    if shell.cover is not None or (place is not None and place.show_help()):
        return
    if isinstance(place, HelpPlace):
        place.show_list()
        return
    page = HelpPlace(key or page_of(shell.gate or place), closes=True)
    page.close_asked.connect(shell.remove_cover)
    shell.show_cover(page)
