"""How the name of a file is shown and kept: names on a disk are bytes, and may be no text or text that misleads."""

from __future__ import annotations

import os

_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def shown_name(name: str) -> str:
    """Return a file's name as text that can be shown, printed and kept.

    Bytes that are no UTF-8, control characters, and those that turn the direction of writing are replaced.
    """
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else _INSTEAD for sign in text)
