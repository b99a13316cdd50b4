"""How a value becomes a cell that no spreadsheet takes for a formula."""

from __future__ import annotations

# A spreadsheet takes a text that begins so for a formula; an apostrophe before it makes it a text again (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """Return a value as it may stand in a cell: text that would be taken for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
