"""A text that stands alone begins with a capital."""

from __future__ import annotations


def with_capital(text: str) -> str:
    """Return text with a capital first letter; `str.capitalize` would make small letters of all others."""
    return text[:1].upper() + text[1:]
