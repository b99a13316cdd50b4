"""Find a roster's names in a note, in any spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from balint_desktop.domain.deidentify.known_names import KnownName, find_names
from balint_desktop.domain.group.roster import Person


def names_in(text: str, people: Iterable[Person]) -> tuple[str, ...]:
    """Return what in a text names one of these people, as written, each once and in order."""
    # How an engine hears a name is nothing that anybody types.
    names = [KnownName(person.code, person.name, person.short_names) for person in people]
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(composed[one.begin : one.end] for one in find_names(composed, names)))
