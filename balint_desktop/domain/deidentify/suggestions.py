"""What in a text may identify: the layers, and what each would put in its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Which rule found a place."""

    ROSTER = "roster"
    """A name of the group's roster, in any spelling: replaced at once."""
    NAME_OR_WORD = "name-or-word"
    """A name of the roster that is also a word: always asked."""
    SOUNDS_LIKE = "sounds-like"
    """It sounds like a name of the roster."""
    MARKED = "marked"
    """A person marked it, here or earlier in the group."""
    PATTERN = "pattern"
    """A number of a hospital, a telephone, an address, a date, a ward, a place with its kind."""
    NUMBER = "number"
    """An age, or another number."""
    CAPITAL = "capital"
    """Written with a capital, and no word that is so written for another reason."""
    DOUBT = "doubt"
    """A name, perhaps, that the engine did not hear well."""
    STORY = "story"
    """A rare combination: nothing is replaced, and only a person can tell."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that may identify. `begin` and `end` are code points of the text, `end` exclusive.

    `text` is what is there; `key` the same for all of a word (folded: no case, accents, possessive); `replacement` is
    what would be put there, in brackets, empty for STORY; `others` are further replacements to choose from.
    """

    begin: int
    end: int
    layer: Layer
    text: str
    key: str
    replacement: str
    others: tuple[str, ...] = ()
