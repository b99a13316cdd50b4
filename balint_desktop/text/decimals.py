"""Decimal numbers as the language in use writes them."""

from __future__ import annotations

from balint_desktop.i18n import language

_WITH_COMMA = frozenset({"cs", "da", "de", "es", "fi", "fr", "it", "nb", "nl", "pl", "pt", "sv"})


def decimal_words(number: float, places: int) -> str:
    """Return a number with so many decimal places, as in 0.80 or, in German, 0,80."""
    words = f"{number:.{places}f}"
    return words.replace(".", ",") if language().partition("-")[0] in _WITH_COMMA else words
