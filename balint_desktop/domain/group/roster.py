"""The roster of a group: names behind codes, as JSON inside a sealed file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.values import ParticipantCode, parse_participant_code

# Longest plausible name; anything longer is several lines run together.
NAME_LIMIT = 120
CONTACT_LIMIT = 200
SHORT_NAME_LIMIT = 60
MOST_SHORT_NAMES = 20
_VERSION = 2
# A roster of version 1 has no short names; an app that only knows that one must not open this one and drop them.
_READABLE = (1, _VERSION)
# A sealed file's size reveals the length of its content, so each is padded to whole kilobytes.
_PADDED_TO = 1024
_BETWEEN = re.compile(r"[;,\n]")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the code, the name, and one contact line of free text.

    `short_names` are what the person is called besides, `heard_as` how an engine writes the name.
    """

    code: ParticipantCode
    name: str
    contact: str = ""
    short_names: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Names of a group's people by code. Empty where no name was ever entered."""

    people: tuple[Person, ...] = ()

    def name_of(self, code: ParticipantCode) -> str:
        """Return the name of a code, empty where unknown."""
        return next((person.name for person in self.people if person.code == code), "")

    def person(self, code: ParticipantCode) -> Person | None:
        """Return the person with a code."""
        return next((person for person in self.people if person.code == code), None)

    def with_people(self, people: Iterable[Person]) -> Roster:
        """Return the roster with these people added or replaced by code. A person without a name is removed."""
        known = {person.code: person for person in self.people}
        known |= {person.code: _tidied(person) for person in people}
        kept = sorted((p for p in known.values() if p.name), key=lambda p: int(p.code[1:]))
        return Roster(tuple(kept))

    def without(self, *codes: ParticipantCode) -> Roster:
        """Return the roster without these codes."""
        return Roster(tuple(person for person in self.people if person.code not in codes))

    def to_json(self) -> bytes:
        """Return the roster as UTF-8 JSON, padded so that its length reveals little."""
        people = [
            {
                "code": p.code,
                "name": p.name,
                "contact": p.contact,
                "short_names": p.short_names,
                "heard_as": p.heard_as,
            }
            for p in self.people
        ]
        document = {"balint_desktop_roster": _VERSION, "people": people}
        data = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
        return data + b"\n" * (-len(data) % _PADDED_TO)

    @classmethod
    def from_json(cls, data: bytes) -> Roster:
        """Parse a roster. Raise ValueError where the text is none, or of a later version."""
        try:
            document = json.loads(data)
            version = document["balint_desktop_roster"]
            if version not in _READABLE:
                raise ValueError("a roster of another version")
            people = [
                Person(
                    parse_participant_code(one["code"]),
                    str(one["name"]),
                    str(one["contact"]),
                    *((_texts(one["short_names"]), _texts(one["heard_as"])) if version == _VERSION else ()),
                )
                for one in document["people"]
            ]
        except FOREIGN_ERRORS as error:
            raise ValueError("not a roster") from error
        return cls(tuple(people))


def same_name(one: str, other: str) -> bool:
    """Return whether two names are equal apart from case, Unicode composition and spaces."""
    return _folded(one) == _folded(other)


def several(text: str) -> tuple[str, ...]:
    """Return the names in a text that has several, parted by semicolons, commas or lines; each once."""
    return several_of(_BETWEEN.split(text))


def several_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return names tidied, without empty ones and without a second spelling of one; those beyond the most are cut."""
    found: list[str] = []
    for name in (tidy(one)[:SHORT_NAME_LIMIT].strip() for one in names):
        if name and not any(same_name(name, other) for other in found):
            found.append(name)
    return tuple(found[:MOST_SHORT_NAMES])


def tidy(text: str) -> str:
    """Normalise text: one line, composed Unicode, no extra spaces or invisible characters.

    A joiner between two letters stays: it is part of how Persian and Indian names are spelt.
    """
    signs = unicodedata.normalize("NFC", text)
    shown = (
        sign
        for place, sign in enumerate(signs)
        if sign.isspace() or sign.isprintable() or (sign in _JOINERS and _is_between_letters(signs, place))
    )
    return " ".join("".join(shown).split())


def _is_between_letters(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and all(unicodedata.category(text[at])[0] in "LM" for at in (place - 1, place + 1))


def _tidied(person: Person) -> Person:
    return replace(
        person,
        name=tidy(person.name)[:NAME_LIMIT],
        contact=tidy(person.contact)[:CONTACT_LIMIT],
        short_names=several_of(person.short_names),
        heard_as=several_of(person.heard_as),
    )


def _texts(message: Any) -> tuple[str, ...]:
    if not isinstance(message, list):
        raise TypeError("not a list of names")
    return tuple(str(one) for one in message)


def _folded(name: str) -> str:
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", name) if sign not in _JOINERS)
    return " ".join(shown.casefold().split())
