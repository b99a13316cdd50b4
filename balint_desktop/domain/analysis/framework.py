"""The framework: codes that several coders' codes are drawn together into, fixed as versions for the rounds to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from balint_desktop.domain.analysis.codebook import Code, Codebook, CodebookError
from balint_desktop.domain.analysis.compare import CoderCode


@dataclass(frozen=True, slots=True)
class SameCode:
    """A coder's code that is the same as one of the framework. A person said so; no coding is changed by it."""

    author: str
    code: str
    framework_code: str


@dataclass(frozen=True, slots=True)
class FixedFramework:
    """A version of the framework as it was fixed: its codes, and when."""

    version: int
    wall: float
    book: Codebook


@dataclass(frozen=True, slots=True)
class Framework:
    """The codes that are worked on, which codes of coders are which of them, and the versions fixed so far."""

    book: Codebook = field(default_factory=Codebook)
    same: tuple[SameCode, ...] = ()
    versions: tuple[FixedFramework, ...] = ()

    @property
    def same_as(self) -> Mapping[CoderCode, str]:
        """Return the framework's code of each code of a coder that has one."""
        return {(one.author, one.code): one.framework_code for one in self.same}

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
            copied = replace(code, guid=guid, colour=book.code(guid).colour, parent=None, is_retired=False)
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

    def parted(self, author: str, code: str) -> Framework:
        """Return the framework without a coder's code in it; a code of it that stands for no other goes, too."""
        target = self.same_as.get((author, code))
        same = tuple(one for one in self.same if (one.author, one.code) != (author, code))
        book = self.book
        if target is not None and not any(one.framework_code == target for one in same):
            book = book.without_code(target)
        return replace(self, book=book, same=same)
