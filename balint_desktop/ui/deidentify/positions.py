"""Places in a text as Python counts them, in code points, and as Qt does, in units of UTF-16."""

from __future__ import annotations

_LAST_SHORT = "\uffff"


def to_qt(text: str, at: int) -> int:
    """Return a place in Qt's count."""
    return at + sum(1 for sign in text[:at] if sign > _LAST_SHORT)


def from_qt(text: str, at: int) -> int:
    """Return a place of Qt's in code points; one inside a sign is before it."""
    if max(text, default="") <= _LAST_SHORT:
        return min(at, len(text))
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))
