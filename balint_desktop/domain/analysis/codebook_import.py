"""Take the codes of a codebook of the exchange format REFI-QDA into the framework."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from balint_desktop.domain.analysis.codebook import COLOURS, NAME_LIMIT, TEXT_LIMIT, Code, Codebook
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.hidden_signs import one_line

_LONG = re.compile("#[0-9A-Fa-f]{6}")
_SHORT = re.compile("#[0-9A-Fa-f]{3}")
_GUID = re.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ImportedCodes:
    """The framework with a file's codes, how many are new, and how many it had under the same name: those stay."""

    framework: Framework
    added: int
    known: int


def with_codebook(framework: Framework, codes: Sequence[ProjectCode], make_guid: Callable[[], str]) -> ImportedCodes:
    """Return the framework with the codes of a file: names, descriptions, colours and nesting.

    A code whose name is there already, in the framework or earlier in the file, is not doubled: what is under it goes
    under the one that is there. A code without a name is left out, and what is under it moves up. `codes` have each
    parent before what is under it. A code that no passage may be given to is retired here.
    """
    found: list[Code] = list(framework.book.codes)
    by_name = {code.name.casefold(): code.guid for code in found}
    guids = {code.guid for code in found}
    now: dict[str | None, str | None] = {None: None}
    added = known = 0
    for one in codes:
        name, parent = one_line(one.name)[:NAME_LIMIT].strip(), now.get(one.parent)
        if not name:
            now[one.guid] = parent
            continue
        there = by_name.get(name.casefold())
        if there is not None:
            now[one.guid], known = there, known + 1
            continue
        guid = one.guid if _GUID.fullmatch(one.guid) and one.guid not in guids else make_guid()
        colour = _colour(one.colour) or COLOURS[len(found) % len(COLOURS)]
        description = one.description.strip("\n")[:TEXT_LIMIT]
        found.append(Code(guid, name, colour, description, parent=parent, is_retired=not one.is_codable))
        by_name[name.casefold()] = guid
        guids.add(guid)
        now[one.guid], added = guid, added + 1
    return ImportedCodes(replace(framework, book=Codebook(tuple(found))), added, known)


def _colour(colour: str) -> str:
    """Return a colour as #rrggbb, empty for what is none."""
    if _LONG.fullmatch(colour):
        return colour
    return "#" + "".join(sign * 2 for sign in colour[1:]) if _SHORT.fullmatch(colour) else ""
