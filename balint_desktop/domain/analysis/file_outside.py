"""Tell what a file of another program is by its outside: the names of its parts. Nothing in it is read."""

from __future__ import annotations

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.untrusted_zip import opened_zip
from balint_desktop.domain.word_parts import DOCUMENT

_PROJECT = "project.qde"


def looks_like_word(data: bytes) -> bool:
    """Return whether bytes are a zip with the text of a Word document."""
    return any(DOCUMENT.fullmatch(name) for name in _names(data))


def looks_like_project(data: bytes) -> bool:
    """Return whether bytes are a zip with the index of a REFI-QDA project."""
    return any(name.casefold() == _PROJECT for name in _names(data))


def _names(data: bytes) -> tuple[str, ...]:
    try:
        with opened_zip(data) as file:
            return tuple(one.filename for one in file.infolist())
    except FOREIGN_ERRORS:
        return ()
