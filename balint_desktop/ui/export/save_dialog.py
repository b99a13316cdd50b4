"""Ask where to save an exported file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.widgets.lifetime import is_alive

Ask = Callable[[QWidget, str, str, tuple[str, ...]], Path | None]
"""Asks for a path to save to: parent, title, suggested name, and the kinds of file; None if cancelled."""


def ask_where_to_save(parent: QWidget, title: str, suggested: str, kinds: tuple[str, ...]) -> Path | None:
    """Ask for a path with the system's file chooser, imported on first use. A missing suffix is added."""
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  not needed before the first paint

    chosen, kind = QFileDialog.getSaveFileName(
        parent,
        title,
        str(Path.home() / suggested),
        ";;".join(kinds),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    # If the vault was locked meanwhile, export nothing.
    return with_ending(Path(chosen), kind) if chosen and is_alive(parent) else None


def with_ending(path: Path, kind: str) -> Path:
    """Return the path with the suffix of its kind, such as "Sound (*.wav)", if it has none.

    A kind with a two-part suffix, such as *.by-code.xlsx, matches on either part, since file choosers
    only handle the last one. A suffix typed for another kind is left unchanged.
    """
    if "*." not in kind:
        return path
    ending = "." + kind.split("*.", 1)[1].rstrip(")")
    if path.name.endswith(ending):
        return path
    if not path.suffix:
        return path.with_name(path.name + ending)
    return path.with_name(path.stem + ending) if path.suffix == Path(ending).suffix else path
