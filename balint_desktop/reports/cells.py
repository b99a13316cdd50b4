"""Escape a value so that no spreadsheet takes it for a formula."""

from __future__ import annotations

import re

from balint_desktop.domain.hidden_signs import escape_hidden

# Prefixes that make a spreadsheet parse text as a formula, including East Asian full-width signs; an
# apostrophe in front makes it text again (OWASP, CSV Injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that XML forbids and CSV does not need (XML 1.0, section 2.2).
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> object:
    """Return a value safe for a cell: hidden signs are written out, and a formula's text gets an apostrophe."""
    if not isinstance(value, str):
        return value
    shown = escape_hidden(value)
    return f"'{shown}" if value.startswith(FORMULA_SIGNS) else shown


def plain_text(text: str) -> str:
    """Return text without characters that tables cannot hold, hidden ones written out, with uniform line breaks."""
    return escape_hidden(_NOT_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
