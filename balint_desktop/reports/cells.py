"""Escape a value so that no spreadsheet takes it for a formula."""

from __future__ import annotations

import re

# A spreadsheet takes a text that begins so for a formula, the wide signs of East Asian keyboards included; an
# apostrophe before it makes it a text again (OWASP, CSV Injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What no XML text may hold, and no CSV is the better for (XML 1.0, section 2.2).
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> object:
    """Return a value as it may stand in a cell: text that would be taken for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def plain_text(text: str) -> str:
    """Return a text without signs that no table can hold, each line ended in one way."""
    return _NOT_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
