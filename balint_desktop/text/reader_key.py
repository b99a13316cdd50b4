"""Wording of a reader key: its eight words, and what it is."""

from __future__ import annotations

from balint_desktop.domain.key_words import key_words
from balint_desktop.i18n import tr

_IN_A_LINE = 31


def words_line(recipient: str) -> str:
    """Return the eight words of a key on one line, in two halves: as they are read out by telephone."""
    words = key_words(recipient)
    return f"{' '.join(words[:4])} · {' '.join(words[4:])}"


def key_lines(recipient: str) -> list[str]:
    """Return a key in lines of equal length, since it has no place to break at."""
    return [recipient[at : at + _IN_A_LINE] for at in range(0, len(recipient), _IN_A_LINE)]


def about() -> str:
    """Return what a reader key is."""
    return tr("This key is public: safe to send. With it others can seal recordings to you; it opens nothing.")


def compare() -> str:
    """Return what to compare, and with whom."""
    return tr("Before anything is sealed to it, read these eight words to each other by telephone. They must match.")


def renewal() -> str:
    """Return when the key changes."""
    return tr("If you renew this vault’s keys, this key changes. Send the new one then.")
