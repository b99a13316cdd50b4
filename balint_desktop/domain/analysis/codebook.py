"""Codes of one owner, a coder or the framework: named, nested, merged, retired. Acts make new books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from balint_desktop.domain.hidden_signs import one_line

NAME_LIMIT = 120
TEXT_LIMIT = 4000
# Colours told apart by most who see few: each code has its letter beside it (Okabe and Ito 2008, without black).
COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_LETTERS = len(_LETTERS) * (len(_LETTERS) + 1)


@dataclass(frozen=True, slots=True)
class Code:
    """A code: what it means, when it applies and when not, and an example in the coder's words.

    `colour` is #rrggbb. A retired code is given no more; its codings stay. `parent` is the code it is under. `letter`
    stands for it in the margin, and stays with it; empty where it has none yet. It is no part of what a code is: it is
    neither compared, sent nor fingerprinted.
    """

    guid: str
    name: str
    colour: str
    definition: str = ""
    when: str = ""
    when_not: str = ""
    example: str = ""
    parent: str | None = None
    is_retired: bool = False
    letter: str = field(default="", compare=False)


class CodebookError(ValueError):
    """A change that no codebook takes: an empty name, one that stands there already, a code under itself."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codes of one owner, in the order they were made."""

    codes: tuple[Code, ...] = ()

    def code(self, guid: str) -> Code:
        """Return a code. Raise KeyError."""
        for code in self.codes:
            if code.guid == guid:
                return code
        raise KeyError(guid)

    def named(self, name: str) -> Code | None:
        """Return the code with a name, whatever its case."""
        wanted = _folded(name)
        return next((code for code in self.codes if _folded(code.name) == wanted), None)

    def with_code(self, guid: str, name: str, parent: str | None = None) -> Codebook:
        """Return the book with a new code, in the next colour, with a letter. Raise CodebookError, KeyError."""
        if parent is not None:
            self.code(parent)
        colour = COLOURS[len(self.codes) % len(COLOURS)]
        made = Code(guid, self._free_name(name), colour, parent=parent)
        letter = Codebook((*self.codes, made)).letters()[guid]
        return Codebook((*self.codes, replace(made, letter=letter)))

    def with_changed(self, changed: Code) -> Codebook:
        """Return the book with a code as it is now. Raise CodebookError, KeyError."""
        before = self.code(changed.guid)
        name = changed.name if changed.name == before.name else self._free_name(changed.name, but=changed.guid)
        if changed.parent is not None and self.code(changed.parent).guid in self.below(changed.guid):
            raise CodebookError("a code cannot be under itself")
        return self._with(
            replace(
                changed,
                name=name,
                definition=changed.definition[:TEXT_LIMIT],
                when=changed.when[:TEXT_LIMIT],
                when_not=changed.when_not[:TEXT_LIMIT],
                example=changed.example[:TEXT_LIMIT],
            )
        )

    def without_code(self, guid: str) -> Codebook:
        """Return the book without a code; those under it move up to where it was. Raise KeyError."""
        parent = self.code(guid).parent
        left = (code for code in self.codes if code.guid != guid)
        return Codebook(tuple(replace(code, parent=parent) if code.parent == guid else code for code in left))

    def merged(self, guid: str, into: str) -> Codebook:
        """Return the book with a code made one with another, whose name stays. Raise CodebookError, KeyError.

        What was written of both is kept, one after the other, and those under it are under the other then.
        """
        if guid == into or into in self.below(guid):
            raise CodebookError("a code cannot be made one with itself, or with one under it")
        one, other = self.code(guid), self.code(into)
        joined = replace(
            other,
            definition=_joined(other.definition, one.definition),
            when=_joined(other.when, one.when),
            when_not=_joined(other.when_not, one.when_not),
            example=_joined(other.example, one.example),
        )
        left = (joined if code.guid == into else code for code in self.codes if code.guid != guid)
        return Codebook(tuple(replace(code, parent=into) if code.parent == guid else code for code in left))

    def below(self, guid: str) -> frozenset[str]:
        """Return a code and all under it, at any depth."""
        found = {guid}
        while more := {code.guid for code in self.codes if code.parent in found} - found:
            found |= more
        return frozenset(found)

    def nested(self) -> tuple[tuple[int, Code], ...]:
        """Return the codes as they are shown: each with its depth, under the one it is under."""
        children: dict[str | None, list[Code]] = {}
        for code in self.codes:
            children.setdefault(code.parent, []).append(code)
        found: list[tuple[int, Code]] = []

        def add(parent: str | None, depth: int) -> None:
            for code in children.get(parent, ()):
                found.append((depth, code))
                add(code.guid, depth + 1)

        add(None, 0)
        return tuple(found)

    def letters(self) -> Mapping[str, str]:
        """Return what stands for each code in the margin: a letter, after 26 of them two.

        A code keeps the one that it has; the others have the first ones that are free, in the order they were made.
        """
        # With more codes than there are letters, letters come twice.
        may_repeat = len(self.codes) > _MOST_LETTERS
        found: dict[str, str] = {}
        used: set[str] = set()
        for code in self.codes:
            if code.letter and (may_repeat or code.letter not in used):
                found[code.guid] = code.letter
                used.add(code.letter)
        free = (letter for at in count() if (letter := _letters(at)) not in used or at >= _MOST_LETTERS)
        return {code.guid: found.get(code.guid) or next(free) for code in self.codes}

    def lettered(self) -> Codebook:
        """Return the book with a letter of its own for each code; this one where each has it."""
        letters = self.letters()
        if all(code.letter == letters[code.guid] for code in self.codes):
            return self
        return Codebook(tuple(replace(code, letter=letters[code.guid]) for code in self.codes))

    def starting_with(self, typed: str) -> tuple[Code, ...]:
        """Return the codes that may be given and that a person may mean: by the beginning of the name or of a word."""
        wanted = _folded(typed)
        first, later = [], []
        for code in self.codes:
            name = _folded(code.name)
            if code.is_retired or not wanted:
                continue
            if name.startswith(wanted):
                first.append(code)
            elif any(word.startswith(wanted) for word in name.split()) or wanted in name:
                later.append(code)
        return (*first, *later)

    def _free_name(self, name: str, but: str = "") -> str:
        tidy = one_line(name)[:NAME_LIMIT]
        if not tidy:
            raise CodebookError("a code has a name")
        known = self.named(tidy)
        if known is not None and known.guid != but:
            raise CodebookError("the name stands there already")
        return tidy

    def _with(self, changed: Code) -> Codebook:
        return Codebook(tuple(changed if code.guid == changed.guid else code for code in self.codes))


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)[:TEXT_LIMIT]


def _letters(at: int) -> str:
    first, second = divmod(at, len(_LETTERS))
    return _LETTERS[second] if not first else _LETTERS[(first - 1) % len(_LETTERS)] + _LETTERS[second].lower()


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
