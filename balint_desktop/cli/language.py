"""The language of the command line: the one chosen in the window's settings, else the system's; without Qt."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop import i18n
from balint_desktop.data_folder import data_folder
from balint_desktop.i18n.system_languages import system_languages


def use_language(arguments: Sequence[str]) -> None:
    """Speak the language the window speaks. The parser's own texts are in it, so it comes before parsing."""
    chosen = i18n.chosen_language(data_folder(_data_dir(arguments)).root / "window.json")
    i18n.use((chosen,) if chosen else system_languages())


def _data_dir(arguments: Sequence[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument == "--data-dir" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--data-dir="):
            return argument.partition("=")[2]
    return None
