"""The names of keys, one form in the window's lists, in its tool tips and in Help."""

from __future__ import annotations

import sys

from PySide6.QtGui import QKeySequence

from balint_desktop.i18n import tr_in


def key_name(key: str) -> str:
    """Return a key such as Ctrl+Return as its user reads it, without a line break inside."""
    if sys.platform == "darwin":
        # The signs on the keys of a Mac.
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    names = _names()
    *held, last = [*key[:-2].split("+"), "+"] if key.endswith("++") else key.split("+")
    return "+".join(names.get(part, part).replace(" ", "\u00a0") for part in (*held, last))


def _names() -> dict[str, str]:
    return {
        "Ctrl": tr_in("key", "Ctrl"),
        "Alt": tr_in("key", "Alt"),
        "Shift": tr_in("key", "Shift"),
        "Return": tr_in("key", "Enter"),
        "Backspace": tr_in("key", "Backspace"),
        "Space": tr_in("key", "Space"),
        "Esc": tr_in("key", "Esc"),
        "Left": tr_in("key", "Left"),
        "Right": tr_in("key", "Right"),
        "Up": tr_in("key", "Up"),
        "Down": tr_in("key", "Down"),
        "PgUp": tr_in("key", "Page Up"),
        "PgDown": tr_in("key", "Page Down"),
        "-": "−",
    }
