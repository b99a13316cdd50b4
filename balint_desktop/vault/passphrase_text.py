"""Tidy a passphrase as it was typed or pasted."""

from __future__ import annotations

import re
import unicodedata

# Every sign that ends a line somewhere, with the spaces around it, and the byte order mark.
_LINE_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_MARK = "\ufeff"


def tidy_passphrase(typed: str) -> str:
    """Return a passphrase in NFC, without line breaks and surrounding spaces: a field shows neither.

    A line break within becomes one space, which is how it looks and would be typed again.
    """
    return unicodedata.normalize("NFC", _LINE_BREAKS.sub(" ", typed.replace(_MARK, "").strip()))
