"""A project of qualitative analysis as it travels between programs: texts, codes, and who coded what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProjectCoder:
    """Somebody who codes. `guid` is a UUID as text, in every class of this module."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A code or, where it is not codable, a heading over codes. `colour` is #rrggbb, or empty."""

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None
    is_codable: bool = True


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """A text. Its lines end with a line feed alone, and it begins with no byte order mark: positions count so."""

    guid: str
    name: str
    text: str
    coder: str = ""
    created: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectCoding:
    """A code given by a coder to a stretch of a text, in code points. `created` is ISO 8601, or empty.

    `quoted` is what the program that wrote it says is there, `memo` what the coder wrote of it.
    """

    guid: str
    source: str
    begin: int
    end: int
    code: str
    coder: str = ""
    created: str = ""
    quoted: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """A memo of the project, or of what it names in `about`: a source, a selection or a code."""

    guid: str
    name: str
    text: str
    coder: str = ""
    created: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectCase:
    """A speaker or a phase, for programs that query by case. `spans` are source, begin, end."""

    guid: str
    name: str
    spans: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectSet:
    """Some texts or codes together: a round."""

    guid: str
    name: str
    description: str = ""
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A whole project. `origin` is the program that wrote it; `left_out` counts by kind what is not read from a file.

    `writer` is the coder who stands for what has no author of its own.
    """

    name: str
    origin: str = ""
    coders: tuple[ProjectCoder, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    sources: tuple[ProjectSource, ...] = ()
    codings: tuple[ProjectCoding, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    cases: tuple[ProjectCase, ...] = ()
    sets: tuple[ProjectSet, ...] = ()
    writer: str = ""
    created: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
