"""Displayable file names: names on disk are bytes, and may be invalid or misleading text."""

from __future__ import annotations

import os

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def printable_name(name: str) -> str:
    """Return a file's name as text that is safe to show, print and store.

    Invalid UTF-8, control characters and bidirectional overrides are replaced.
    """
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else _REPLACEMENT for sign in text)
