"""Text labels by kind; the style sheet does the rest."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

L = TypeVar("L", bound=QLabel)


def text(words: str, kind: str = "body", *, selectable: bool = False) -> QLabel:
    """Return a label that wraps. Plain text only: user input is never read as markup."""
    return as_text(QLabel(words), kind, selectable=selectable)


def as_text(label: L, kind: str, *, selectable: bool = False) -> L:
    """Style a label by its kind; return it."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label


def heading(words: str) -> QLabel:
    """Return a heading."""
    return text(words, "heading")


def subheading(words: str) -> QLabel:
    """Return a smaller heading."""
    return text(words, "subheading")


def quiet(words: str) -> QLabel:
    """Return secondary text."""
    return text(words, "quiet")


def small(words: str) -> QLabel:
    """Return a remark."""
    return text(words, "small")


def medium(words: str) -> QLabel:
    """Return text a little larger than the body."""
    return text(words, "medium")


def large(words: str) -> QLabel:
    """Return words to say."""
    return text(words, "large")


def number(words: str) -> QLabel:
    """Return the one number."""
    label = text(words, "number")
    label.setWordWrap(False)
    return label


def rule() -> QFrame:
    """Return a hairline across the page."""
    line = QFrame()
    line.setProperty("kind", "rule")
    line.setFixedHeight(1)
    return line
