"""Ask where to save an exported file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.export.last_folder import last_folder, remember_folder
from balint_desktop.ui.widgets.lifetime import is_alive

Ask = Callable[[QWidget, str, str, tuple[str, ...]], Path | None]
"""Asks for a path to save to: parent, title, suggested name, and the kinds of file; None if cancelled."""


def ask_where_to_save(parent: QWidget, title: str, suggested: str, kinds: tuple[str, ...]) -> Path | None:
    """Ask for a path with the system's file chooser, imported on first use. A missing suffix is added."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  not needed before the first paint

    chosen, kind = QFileDialog.getSaveFileName(
        parent,
        title,
        str(last_folder() / suggested),
        ";;".join(kinds),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    # If the vault was locked meanwhile, export nothing.
    if not chosen or not is_alive(parent):
        return None
    remember_folder(Path(chosen).parent)
    return with_ending(Path(chosen), kind)


def with_ending(path: Path, kind: str) -> Path:
    """Return the path with the suffix of its kind, such as "Sound (*.wav)", if it has none.

    A kind with a two-part suffix, such as *.by-code.xlsx, matches on either part, since file choosers
    only handle the last one. A suffix typed for another kind is left unchanged.
    """
    if "*." not in kind:
        return path
    ending = "." + kind.split("*.", 1)[1].rstrip(")")
    if has_ending(path.name, ending):
        return path
    if not path.suffix:
        return path.with_name(with_suffix(path.name, ending))
    return path.with_name(with_suffix(path.stem, ending)) if path.suffix.lower() == Path(ending).suffix else path


def has_ending(name: str, ending: str) -> bool:
    """Return whether a file's name says what its ending says: audit.csv and my-audit.csv do for .audit.csv."""
    return without_ending(name, ending) is not None


def without_ending(name: str, ending: str) -> str | None:
    """Return a file's name before its ending, None where it has another one.

    The name may be all of it: audit.csv holds an audit trail as plainly as x.audit.csv.
    """
    lower = name.lower()
    if lower.endswith(ending):
        return name[: -len(ending)]
    if ending.count(".") > 1 and (
        lower == ending[1:] or lower.endswith(tuple(f"{sign}{ending[1:]}" for sign in "-_ "))
    ):
        return name[: -len(Path(ending).suffix)]
    return None


def with_suffix(stem: str, ending: str) -> str:
    """Return a name with its ending, whose first part is left out where the name ends with it already."""
    whole = f"{stem}{Path(ending).suffix}"
    return whole if has_ending(whole, ending) else f"{stem}{ending}"
