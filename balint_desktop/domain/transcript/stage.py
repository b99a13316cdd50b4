"""How far a transcript's text is, by what a person has done with it."""

from __future__ import annotations

from enum import StrEnum


class TextStage(StrEnum):
    """How far a text is."""

    UNFINISHED = "unfinished"
    """The first text is not complete: the machine was stopped, or is still writing it."""
    DRAFT = "draft"
    """The machine's text, which no one has changed or listened to."""
    TO_TYPE = "to-type"
    """A text to type by hand, of which nothing is typed yet."""
    TYPING = "typing"
    IMPORTED = "imported"
    """A text from a file, which no one has changed or listened to since."""
    CORRECTING = "correcting"
    SIGNED_OFF = "signed-off"
