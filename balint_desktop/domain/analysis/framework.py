"""The framework: codes that several coders' codes are drawn together into, fixed as versions for the rounds to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from balint_desktop.domain.analysis.codebook import Code, Codebook, CodebookError
from balint_desktop.domain.analysis.compare import CoderCode


@dataclass(frozen=True, slots=True)
class SameCode:
    """A coder's code that is the same as one of the framework. A person said so; no coding is changed by it."""

    author: str
    code: str
    framework_code: str


class FrameworkAct(StrEnum):
    """What was done with a coder's code."""

    DRAWN_IN = "drawn-in"
    """It became a code of the framework, or the same as one."""
    TAKEN_OUT = "taken-out"


@dataclass(frozen=True, slots=True)
class FrameworkMove:
    """A coder's code moved into the framework or out of it: when (seconds since 1970), and why, which may be empty."""

    wall: float
    act: FrameworkAct
    author: str
    code: str
    framework_code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FixedFramework:
    """A version of the framework as it was fixed: its codes, and when."""

    version: int
    wall: float
    book: Codebook


@dataclass(frozen=True, slots=True)
class Framework:
    """The codes that are worked on, which codes of coders are which of them, and the versions fixed so far.

    `moves` are the acts that led to it, the oldest first.
    """

    book: Codebook = field(default_factory=Codebook)
    same: tuple[SameCode, ...] = ()
    versions: tuple[FixedFramework, ...] = ()
    moves: tuple[FrameworkMove, ...] = ()

    @property
    def same_as(self) -> Mapping[CoderCode, str]:
        """Return the framework's code of each code of a coder that has one."""
        return {(one.author, one.code): one.framework_code for one in self.same}

    def same_in(self, books: Mapping[str, Codebook]) -> Mapping[CoderCode, str]:
        """Return the framework's code of each code of coders: as was said, and of a code that came from it, itself.

        A round that is opened with a version begins with its codes.
        """
        own = {code.guid for code in self.book.codes}
        own |= {code.guid for version in self.versions for code in version.book.codes}
        implied = {(author, code.guid): code.guid for author, book in books.items() for code in book.codes}
        return {key: code for key, code in implied.items() if code in own} | dict(self.same_as)

    @property
    def is_fixed(self) -> bool:
        """Return whether nothing has changed since the last version."""
        return bool(self.versions) and self.versions[-1].book == self.book

    def with_code(self, author: str, code: Code, guid: str) -> Framework:
        """Return the framework with a coder's code drawn into it, as a new code of its own with what was written of it.

        Where a code has the name already, the coder's is the same as that; one that is in it already stays.
        """
        if (author, code.guid) in self.same_as:
            return self
        known = self.book.named(code.name)
        book = self.book
        if known is None:
            book = book.with_code(guid, code.name)
            own = book.code(guid)
            copied = replace(code, guid=guid, colour=own.colour, letter=own.letter, parent=None, is_retired=False)
            book = book.with_changed(copied)
        target = known.guid if known is not None else guid
        return replace(self, book=book, same=(*self.same, SameCode(author, code.guid, target)))

    def joined(self, one: tuple[str, Code], other: tuple[str, Code], guid: str) -> Framework:
        """Return the framework with two coders' codes said to be the same; codes of it that they were are made one."""
        made = self.with_code(*one, guid)
        target = made.same_as[one[0], one[1].guid]
        before = made.same_as.get((other[0], other[1].guid))
        if before == target:
            return made
        if before is None:
            return replace(made, same=(*made.same, SameCode(other[0], other[1].guid, target)))
        try:
            book = made.book.merged(before, target)
        except CodebookError:
            return made
        same = tuple(
            replace(each, framework_code=target) if each.framework_code == before else each for each in made.same
        )
        return replace(made, book=book, same=same)

    def moved_into(self, author: str, code: Code, target: str) -> Framework:
        """Return the framework with a coder's code said to be the same as one of it, whatever it was before.

        Raise KeyError where there is no such code.
        """
        self.book.code(target)
        if self.same_as.get((author, code.guid)) == target:
            return self
        made = self.parted(author, code.guid)
        if not any(one.guid == target for one in made.book.codes):
            return self
        return replace(made, same=(*made.same, SameCode(author, code.guid, target)))

    def noted_since(self, before: Framework, wall: float, reason: str = "") -> Framework:
        """Return the framework with the acts noted that led to it from another: which codes came in, and which left."""
        now, then = self.same_as, before.same_as
        moves = [
            FrameworkMove(wall, FrameworkAct.DRAWN_IN, *key, code, reason)
            for key, code in now.items()
            if then.get(key) != code
        ]
        moves += [
            FrameworkMove(wall, FrameworkAct.TAKEN_OUT, *key, code, reason)
            for key, code in then.items()
            if key not in now
        ]
        return replace(self, moves=(*self.moves, *moves))

    def parted(self, author: str, code: str) -> Framework:
        """Return the framework without a coder's code in it; a code of it that stands for no other goes, too."""
        target = self.same_as.get((author, code))
        same = tuple(one for one in self.same if (one.author, one.code) != (author, code))
        book = self.book
        if target is not None and not any(one.framework_code == target for one in same):
            book = book.without_code(target)
        return replace(self, book=book, same=same)


@dataclass(frozen=True, slots=True)
class FrameworkChange:
    """What changed from one version of a framework to the next, as names of codes; of a renamed one both."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    redefined: tuple[str, ...] = ()
    """Definition, when to use it, when not, or the example reads otherwise."""
    moved: tuple[str, ...] = ()
    """Under another code, retired, or given again."""

    @property
    def count(self) -> int:
        """Return how many codes changed; one that changed in several ways counts once."""
        renamed = {new for _, new in self.renamed}
        return len(self.added) + len(self.removed) + len(renamed | {*self.redefined} | {*self.moved})


def framework_change(before: Codebook, after: Codebook) -> FrameworkChange:
    """Return what changed between two versions. A code is the same by its guid, whatever its name."""
    old, new = ({code.guid: code for code in book.codes} for book in (before, after))
    both = [(old[guid], code) for guid, code in new.items() if guid in old]
    return FrameworkChange(
        added=tuple(code.name for guid, code in new.items() if guid not in old),
        removed=tuple(code.name for guid, code in old.items() if guid not in new),
        renamed=tuple((one.name, other.name) for one, other in both if one.name != other.name),
        redefined=tuple(other.name for one, other in both if _written(one) != _written(other)),
        moved=tuple(
            other.name
            for one, other in both
            if (one.parent if one.parent in new else None, one.is_retired) != (other.parent, other.is_retired)
        ),
    )


def _written(code: Code) -> tuple[str, ...]:
    return code.definition, code.when, code.when_not, code.example
